import { uuidv7 } from '@polity/kernel/ids';
import { giveRole, openSubgraph, type Person, type TestSubgraph, type Variables } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { voting } from '../src/subgraph.ts';

export const CREATE =
  'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id status options { id title } } }';
export const OPEN =
  'mutation ($id: ID!) { openPoll(id: $id) { id status options { id title } turnout { cast eligible } } }';
export const CLOSE =
  'mutation ($id: ID!) { closePoll(id: $id) { id status turnout { cast eligible } results { outcome winners { title } } } }';
export const CAST =
  'mutation ($input: CastVoteInput!) { castVote(input: $input) { id castAt receipt choices { title } } }';

/** A world with access and this subgraph, and one tenant. */
export const startVoting = (): Promise<TestSubgraph> => openSubgraph(voting, { beside: [access] });

/** A community with members, the first of whom owns it. */
export interface Members {
  id: string;
  owner: Person;
  members: Person[];
  scope: { type: 'COMMUNITY'; id: string };
}

/** A community of its own with so many members beside its owner. */
export async function aCommunity(test: TestSubgraph, size = 3, open = true): Promise<Members> {
  const id = uuidv7();
  const input = { type: 'COMMUNITY', id, parentId: test.tenantId, open };
  await test.world
    .services(test.tenantId)
    .call('access', 'mutation ($input: ScopeRegistrationInput!) { _registerScope(input: $input) }', { input });
  const scope = { type: 'COMMUNITY' as const, id };
  const people: Person[] = [];
  for (let n = 0; n <= size; n++) {
    const person = await test.person();
    await giveRole(test.world, person.id, n === 0 ? 'portal.owner' : 'portal.member', scope, test.tenantId);
    people.push(person);
  }
  const [owner, ...members] = people as [Person, ...Person[]];
  return { id, owner, members, scope };
}

/** A poll and its options by title. */
export interface APoll {
  id: string;
  options: Record<string, string>;
}

interface Made {
  id: string;
  options: { id: string; title: string }[];
}

const named = ({ id, options }: Made): APoll => ({
  id,
  options: Object.fromEntries(options.map((option) => [option.title, option.id])),
});

/** A draft of this person's with three options. */
export async function aDraft(test: TestSubgraph, author: Person, input: Variables = {}): Promise<APoll> {
  const options = ['Oak', 'Elm', 'Ash'].map((title) => ({ title }));
  const scope = { type: 'TENANT', id: test.tenantId };
  const given = { title: 'A poll', scope, method: 'PLURALITY', options, ...input };
  return named(await test.get<Made>(author, CREATE, { input: given }));
}

/** An open poll of the community. */
export async function anOpenPoll(test: TestSubgraph, { owner, scope }: Members, input: Variables = {}): Promise<APoll> {
  const { id } = await aDraft(test, owner, { scope, ...input });
  return named(await test.get<Made>(owner, OPEN, { id }));
}

/** A ballot as it is answered. */
export interface CastBallot {
  id: string;
  castAt: string | null;
  receipt: string | null;
  choices: { title: string }[] | null;
}

/** Casts a ballot that must be taken. */
export const cast = (test: TestSubgraph, voter: Person, pollId: string, ballot: Variables): Promise<CastBallot> =>
  test.get<CastBallot>(voter, CAST, { input: { pollId, ...ballot } });
