import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { domainSuites } from '@polity/kernel/testing/suites';
import { voting } from '../src/subgraph.ts';
import { aCommunity, aDraft, anOpenPoll, CAST, CLOSE, OPEN, startVoting } from './factories.ts';

const call = (test: TestSubgraph, person: Person, query: string, variables: object) => () =>
  test.ask(person, query, variables as Record<string, unknown>);
const NOMINATIONS = 'mutation ($id: ID!) { openNominations(id: $id) { id } }';
const NOMINATE =
  'mutation ($pollId: ID!, $input: NominationInput!) { nominate(pollId: $pollId, input: $input) { id } }';
const RESPOND = 'mutation ($id: ID!) { respondToNomination(id: $id, accept: true) { id } }';

/** A poll that takes nominations. */
async function nominating(test: TestSubgraph) {
  const community = await aCommunity(test, 1);
  const { id } = await aDraft(test, community.owner, { scope: community.scope });
  await test.get(community.owner, NOMINATIONS, { id });
  return { ...community, pollId: id };
}

domainSuites({
  subgraph: voting,
  open: startVoting,
  nouns: {
    Poll: {
      async make(test, owner) {
        const poll = await aDraft(test, owner, { visibility: 'PUBLIC' });
        await test.get(owner, NOMINATIONS, { id: poll.id });
        return { id: poll.id };
      },
      hidden: async (test, owner) => ({ id: (await aDraft(test, owner, { visibility: 'PUBLIC' })).id }),
    },
  },
  apart: {},
  samples: { method: 'PLURALITY', receipt: 'A'.repeat(43), choices: [] },
  races: {
    deletePoll: {
      async prepare(test) {
        const { owner, scope } = await aCommunity(test, 1);
        const { id } = await aDraft(test, owner, { scope });
        return call(test, owner, 'mutation ($id: ID!) { deletePoll(id: $id) { id } }', { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
    openPoll: {
      async prepare(test) {
        const { owner, scope } = await aCommunity(test, 1);
        const { id } = await aDraft(test, owner, { scope });
        return call(test, owner, OPEN, { id });
      },
      wins: 1,
      code: 'CONFLICT',
    },
    closePoll: {
      async prepare(test) {
        const community = await aCommunity(test, 1);
        const { id } = await anOpenPoll(test, community);
        return call(test, community.owner, CLOSE, { id });
      },
      wins: 1,
      code: 'CONFLICT',
    },
    castVote: {
      async prepare(test) {
        const community = await aCommunity(test, 1);
        const { id, options } = await anOpenPoll(test, community, { allowsChange: false });
        return call(test, community.owner, CAST, { input: { pollId: id, choices: [options.Oak] } });
      },
      wins: 1,
      code: 'CONFLICT',
    },
    withdrawVote: {
      async prepare(test) {
        const community = await aCommunity(test, 1);
        const { id, options } = await anOpenPoll(test, community);
        await test.get(community.owner, CAST, { input: { pollId: id, choices: [options.Oak] } });
        return call(test, community.owner, 'mutation ($id: ID!) { withdrawVote(pollId: $id) { id } }', { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
    nominate: {
      async prepare(test) {
        const { owner, members, pollId } = await nominating(test);
        const input = { userId: members[0]?.id, title: 'Robin' };
        return call(test, owner, NOMINATE, { pollId, input });
      },
      wins: 20,
    },
    respondToNomination: {
      async prepare(test) {
        const { owner, members, pollId } = await nominating(test);
        const [nominee] = members as [Person];
        const { id } = await test.get<{ id: string }>(owner, NOMINATE, {
          pollId,
          input: { userId: nominee.id, title: 'Robin' },
        });
        return call(test, nominee, RESPOND, { id });
      },
      wins: 1,
      code: 'CONFLICT',
    },
  },
});
