import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import type { Race } from '@polity/kernel/testing/suites';
import { aCommunity, aDraft, anOpenPoll, CAST, CLOSE, CREATE, cast, type Members, OPEN } from './factories.ts';

// Every mutation of the contract twenty times at once. What happened once is told once, so events say what took effect.

const NOMINATE =
  'mutation ($pollId: ID!, $input: NominationInput!) { nominate(pollId: $pollId, input: $input) { id } }';
const RESPOND = 'mutation ($id: ID!) { respondToNomination(id: $id, accept: true) { id } }';
const DELEGATE = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';
const byId = (field: string, more = '') => `mutation ($id: ID!) { ${field}(id: $id${more}) { id } }`;
const NOMINATIONS = byId('openNominations');

type Variables = Record<string, unknown>;
interface Node {
  id: string;
}

const call = (test: TestSubgraph, person: Person, query: string, variables: Variables) => () =>
  test.ask(person, query, variables);

/** A race of whoever owns a community, about a draft of theirs. */
const ofDraft = (query: string, ends: Omit<Race, 'prepare'>, more: Variables = {}, input: Variables = {}): Race => ({
  async prepare(test) {
    const { owner, scope } = await aCommunity(test, 1);
    const { id } = await aDraft(test, owner, { scope, ...input });
    return call(test, owner, query, { id, ...more });
  },
  ...ends,
});

/** The same about an open poll. */
const ofOpen = (query: string, ends: Omit<Race, 'prepare'>, more: Variables = {}): Race => ({
  async prepare(test) {
    const community = await aCommunity(test, 1);
    const { id } = await anOpenPoll(test, community);
    return call(test, community.owner, query, { id, ...more });
  },
  ...ends,
});

/** A poll that takes nominations, with one of its first member. */
async function nominated(test: TestSubgraph, input: Variables = {}) {
  const community = await aCommunity(test, 1);
  const { owner, members } = community;
  const poll = await aDraft(test, owner, { scope: community.scope, ...input });
  await test.get(owner, NOMINATIONS, { id: poll.id });
  const [nominee] = members as [Person];
  const nominating = { pollId: poll.id, input: { userId: nominee.id, title: 'Robin' } };
  return { ...community, nominee, nominating };
}

/** An open poll in which its owner voted. */
async function voted(test: TestSubgraph): Promise<Members & { pollId: string; ballotId: string }> {
  const community = await aCommunity(test, 1);
  const { id, options } = await anOpenPoll(test, community);
  const ballot = await cast(test, community.owner, id, { choices: [options.Oak] });
  return { ...community, pollId: id, ballotId: ballot.id };
}

const LATER = '2199-01-01T00:00:00.000Z';
const ONE: Pick<Race, 'wins' | 'code'> = { wins: 1, code: 'CONFLICT' };
const GONE: Pick<Race, 'wins' | 'code'> = { wins: 1, code: 'NOT_FOUND' };

const preparing: Record<string, Race> = {
  createPoll: {
    async prepare(test) {
      const { owner, scope } = await aCommunity(test, 0);
      return call(test, owner, CREATE, { input: { title: 'A poll', scope, method: 'PLURALITY' } });
    },
    wins: 20,
    told: { 'voting.poll.created': 20 },
  },
  updatePoll: ofDraft(
    'mutation ($id: ID!, $input: UpdatePollInput!) { updatePoll(id: $id, input: $input) { id } }',
    { wins: 20, told: { 'voting.poll.updated': 20 } },
    { input: { title: 'Another title', closesAt: LATER } },
  ),
  deletePoll: ofDraft(byId('deletePoll'), { ...GONE, told: { 'voting.poll.deleted': 1 } }),
  addOption: {
    // A poll has a hundred options at most, however many are added at the same time.
    async prepare(test) {
      const { owner, scope } = await aCommunity(test, 0);
      const options = Array.from({ length: 93 }, (_, n) => ({ title: `Option ${n}` }));
      const { id } = await aDraft(test, owner, { scope, options });
      const query = 'mutation ($id: ID!, $input: OptionInput!) { addOption(pollId: $id, input: $input) { id } }';
      return (n) => test.ask(owner, query, { id, input: { title: `Added ${n}` } });
    },
    ...{ wins: 7, code: 'VALIDATION_ERROR', told: { 'voting.poll.updated': 7 } },
  },
  removeOption: {
    async prepare(test) {
      const { owner, scope } = await aCommunity(test, 0);
      const { options } = await aDraft(test, owner, { scope });
      return call(test, owner, byId('removeOption'), { id: options.Oak });
    },
    ...{ ...GONE, told: { 'voting.poll.updated': 1 } },
  },
  putElectors: {
    async prepare(test) {
      const { owner, members, scope } = await aCommunity(test, 2);
      const { id } = await aDraft(test, owner, { scope, eligibility: 'LIST' });
      const query =
        'mutation ($id: ID!, $electors: [ElectorInput!]!) { putElectors(pollId: $id, electors: $electors) { id } }';
      return (n) =>
        test.ask(owner, query, { id, electors: members.map(({ id: userId }) => ({ userId, weight: n + 1 })) });
    },
    wins: 20,
    told: { 'voting.poll.updated': 20 },
  },
  removeElectors: {
    async prepare(test) {
      const { owner, members, scope } = await aCommunity(test, 2);
      const electors = members.map(({ id: userId }) => ({ userId }));
      const { id } = await aDraft(test, owner, { scope, eligibility: 'LIST', electors });
      const query = 'mutation ($id: ID!, $userIds: [ID!]!) { removeElectors(pollId: $id, userIds: $userIds) { id } }';
      return call(test, owner, query, { id, userIds: members.map((member) => member.id) });
    },
    wins: 20,
    told: { 'voting.poll.updated': 20 },
  },
};

const nominating: Record<string, Race> = {
  openNominations: ofDraft(NOMINATIONS, { ...ONE, told: { 'voting.poll.nominations_opened': 1 } }),
  nominate: {
    async prepare(test) {
      const { owner, nominating } = await nominated(test);
      return call(test, owner, NOMINATE, nominating);
    },
    wins: 20,
    told: { 'voting.nomination.created': 1 },
  },
  respondToNomination: {
    async prepare(test) {
      const { owner, nominee, nominating } = await nominated(test);
      const { id } = await test.get<Node>(owner, NOMINATE, nominating);
      return call(test, nominee, RESPOND, { id });
    },
    ...{ ...ONE, told: { 'voting.nomination.accepted': 1 } },
  },
  reviewNomination: {
    async prepare(test) {
      const { owner, nominee, nominating } = await nominated(test, { nominationApproval: true });
      const { id } = await test.get<Node>(owner, NOMINATE, nominating);
      await test.get(nominee, RESPOND, { id });
      return call(test, owner, byId('reviewNomination', ', approve: true'), { id });
    },
    ...{ ...ONE, told: { 'voting.nomination.approved': 1 } },
  },
};

const running: Record<string, Race> = {
  openPoll: ofDraft(OPEN, { ...ONE, told: { 'voting.poll.opened': 1 } }),
  closePoll: ofOpen(CLOSE, { ...ONE, told: { 'voting.poll.closed': 1, 'voting.poll.counted': 1 } }),
  extendPoll: ofOpen(
    'mutation ($id: ID!, $closesAt: DateTime) { extendPoll(id: $id, closesAt: $closesAt) { id } }',
    { wins: 20, told: { 'voting.poll.extended': 1 } },
    { closesAt: LATER },
  ),
  cancelPoll: ofOpen(byId('cancelPoll', ', reason: "none"'), { ...ONE, told: { 'voting.poll.cancelled': 1 } }),
  archivePoll: {
    async prepare(test) {
      const community = await aCommunity(test, 1);
      const { id } = await anOpenPoll(test, community);
      await test.get(community.owner, CLOSE, { id });
      return call(test, community.owner, byId('archivePoll'), { id });
    },
    ...{ ...ONE, told: { 'voting.poll.archived': 1 } },
  },
};

const voting: Record<string, Race> = {
  castVote: {
    async prepare(test) {
      const community = await aCommunity(test, 1);
      const { id, options } = await anOpenPoll(test, community, { allowsChange: false });
      return call(test, community.owner, CAST, { input: { pollId: id, choices: [options.Oak] } });
    },
    ...{ ...ONE, told: { 'voting.vote.cast': 1 } },
  },
  withdrawVote: {
    async prepare(test) {
      const { owner, pollId } = await voted(test);
      return call(test, owner, 'mutation ($id: ID!) { withdrawVote(pollId: $id) { id } }', { id: pollId });
    },
    ...{ ...GONE, told: { 'voting.vote.withdrawn': 1 } },
  },
  invalidateBallot: {
    async prepare(test) {
      const { owner, ballotId } = await voted(test);
      return call(test, owner, byId('invalidateBallot', ', reason: "none"'), { id: ballotId });
    },
    ...{ ...ONE, told: { 'voting.vote.invalidated': 1 } },
  },
  setDelegation: {
    async prepare(test) {
      const { owner, members, scope } = await aCommunity(test, 1);
      return call(test, owner, DELEGATE, { input: { scope, delegateId: members[0]?.id } });
    },
    wins: 20,
    told: { 'voting.delegation.set': 1 },
  },
  removeDelegation: {
    async prepare(test) {
      const { owner, members, scope } = await aCommunity(test, 1);
      const { id } = await test.get<Node>(owner, DELEGATE, { input: { scope, delegateId: members[0]?.id } });
      return call(test, owner, byId('removeDelegation'), { id });
    },
    ...{ ...GONE, told: { 'voting.delegation.removed': 1 } },
  },
};

export const races: Record<string, Race> = { ...preparing, ...nominating, ...running, ...voting };
