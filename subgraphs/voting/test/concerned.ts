import type { Concern } from '@polity/kernel/duties/concerns';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aCommunity, aDraft, anOpenPoll, CLOSE, cast } from './factories.ts';

// Has each event happen that concerns somebody, and says whom.

type Happens = (test: TestSubgraph) => Promise<Concern[]>;

const NOMINATE =
  'mutation ($pollId: ID!, $input: NominationInput!) { nominate(pollId: $pollId, input: $input) { id } }';
const DELEGATE = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';
const byId = (field: string, more = '') => `mutation ($id: ID!) { ${field}(id: $id${more}) { id } }`;
const RESPOND = (accept: boolean) => byId('respondToNomination', `, accept: ${accept}`);
const REVIEW = (approve: boolean) => byId('reviewNomination', `, approve: ${approve}`);

const owns = ({ id: userId }: Person): Concern => ({ userId, as: 'OWNER' });
const takesPart = ({ id: userId }: Person): Concern => ({ userId, as: 'PARTICIPANT' });

async function opened(test: TestSubgraph) {
  const community = await aCommunity(test, 1);
  return { ...community, poll: await anOpenPoll(test, community) };
}

/** A nomination of the first member by the owner. */
async function nominated(test: TestSubgraph) {
  const { owner, members, scope } = await aCommunity(test, 2);
  const [nominee, other] = members as [Person, Person];
  const { id: pollId } = await aDraft(test, owner, { scope, nominationApproval: true });
  await test.get(owner, byId('openNominations'), { id: pollId });
  const nominating = { pollId, input: { userId: nominee.id, title: 'Robin' } };
  const { id } = await test.get<{ id: string }>(owner, NOMINATE, nominating);
  return { id, owner, nominee, other, nominating };
}

const polls: Record<string, Happens> = {
  'voting.poll.opened': async (test) => [owns((await opened(test)).owner)],
  'voting.poll.counted': async (test) => {
    const { owner, poll } = await opened(test);
    await test.get(owner, CLOSE, { id: poll.id });
    return [owns(owner)];
  },
  'voting.poll.cancelled': async (test) => {
    const { owner, poll } = await opened(test);
    await test.get(owner, byId('cancelPoll', ', reason: "none"'), { id: poll.id });
    return [owns(owner)];
  },
  'voting.vote.invalidated': async (test) => {
    const { owner, members, poll } = await opened(test);
    const [voter] = members as [Person];
    const { id } = await cast(test, voter, poll.id, { choices: [poll.options.Oak] });
    await test.get(owner, byId('invalidateBallot', ', reason: "none"'), { id });
    return [owns(voter)];
  },
  'voting.delegation.set': async (test) => {
    const { owner, members, scope } = await aCommunity(test, 1);
    const [delegate] = members as [Person];
    await test.get(owner, DELEGATE, { input: { scope, delegateId: delegate.id } });
    return [takesPart(delegate)];
  },
};

const nominations: Record<string, Happens> = {
  'voting.nomination.created': async (test) => [takesPart((await nominated(test)).nominee)],
  'voting.nomination.seconded': async (test) => {
    const { nominee, other, nominating } = await nominated(test);
    await test.get(other, NOMINATE, nominating);
    return [takesPart(nominee)];
  },
  'voting.nomination.accepted': async (test) => {
    const { id, owner, nominee } = await nominated(test);
    await test.get(nominee, RESPOND(true), { id });
    return [owns(owner)];
  },
  'voting.nomination.declined': async (test) => {
    const { id, owner, nominee } = await nominated(test);
    await test.get(nominee, RESPOND(false), { id });
    return [owns(owner)];
  },
  'voting.nomination.approved': async (test) => {
    const { id, owner, nominee } = await nominated(test);
    await test.get(nominee, RESPOND(true), { id });
    await test.get(owner, REVIEW(true), { id });
    return [takesPart(nominee)];
  },
  'voting.nomination.rejected': async (test) => {
    const { id, owner, nominee } = await nominated(test);
    await test.get(owner, REVIEW(false), { id });
    return [takesPart(nominee)];
  },
};

export const concerned: Record<string, Happens> = { ...polls, ...nominations };
