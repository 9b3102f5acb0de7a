import type { Person, TestSubgraph, Variables } from '@polity/kernel/testing/dialect';
import { uploaded } from '@polity/kernel/testing/uploads';
import { aCommunity, aDraft, type Members, OPEN, startVoting } from './factories.ts';

const START = 'mutation ($id: ID!) { openNominations(id: $id) { status } }';
const NOMINATE =
  'mutation ($pollId: ID!, $input: NominationInput!) { nominate(pollId: $pollId, input: $input) { id status seconds title } }';
const RESPOND = 'mutation ($id: ID!, $accept: Boolean!) { respondToNomination(id: $id, accept: $accept) { status } }';
const REVIEW = 'mutation ($id: ID!, $approve: Boolean!) { reviewNomination(id: $id, approve: $approve) { status } }';

interface Made {
  id: string;
  status: string;
  seconds: number;
}

let test: TestSubgraph;
let community: Members;
let people: [Person, Person, Person];
beforeAll(async () => {
  test = await startVoting();
  community = await aCommunity(test);
  people = community.members as [Person, Person, Person];
});
afterAll(() => test?.world.close());

async function nominating(input: Variables = {}): Promise<string> {
  const { id } = await aDraft(test, community.owner, { scope: community.scope, options: [], ...input });
  await test.get(community.owner, START, { id });
  return id;
}

const nominate = (by: Person, pollId: string, input: Variables) => test.get<Made>(by, NOMINATE, { pollId, input });

it('merges those of one person; only who accepted stands once the poll opens', async () => {
  const [first, second, third] = people;
  const pollId = await nominating();
  const made = await nominate(first, pollId, { userId: second.id, title: 'Robin' });
  expect(made).toMatchObject({ status: 'PROPOSED', seconds: 0 });
  for (const _ of [1, 2])
    expect(await nominate(third, pollId, { userId: second.id, title: 'Rob' })).toMatchObject({
      id: made.id,
      seconds: 1,
      title: 'Robin',
    });
  expect(await nominate(first, pollId, { title: 'Kim', statement: 'I *can*' })).toMatchObject({ status: 'ACCEPTED' });
  const declined = await nominate(first, pollId, { userId: third.id, title: 'Sam' });
  expect(await test.codeOf(first, RESPOND, { id: made.id, accept: true })).toBe('FORBIDDEN');
  expect(await test.get(second, RESPOND, { id: made.id, accept: true })).toEqual({ status: 'ACCEPTED' });
  expect(await test.codeOf(second, RESPOND, { id: made.id, accept: true })).toBe('CONFLICT');
  expect(await test.get(third, RESPOND, { id: declined.id, accept: false })).toEqual({ status: 'DECLINED' });
  const { options } = await test.get<{ options: { title: string }[] }>(community.owner, OPEN, { id: pollId });
  expect(options.map(({ title }) => title)).toEqual(['Robin', 'Kim']);
  expect(await test.codeOf(third, RESPOND, { id: declined.id, accept: true })).toBe('CONFLICT');
  expect(await test.codeOf(first, NOMINATE, { pollId, input: { userId: third.id, title: 'Late' } })).toBe('CONFLICT');
});

it('waits for approval where a poll says so', async () => {
  const [first, second] = people;
  const pollId = await nominating({ nominationApproval: true });
  const [one, two] = [
    await nominate(first, pollId, { title: 'Kim' }),
    await nominate(second, pollId, { title: 'Robin' }),
  ];
  expect(await test.codeOf(second, REVIEW, { id: one.id, approve: true })).toBe('FORBIDDEN');
  expect(await test.get(community.owner, REVIEW, { id: one.id, approve: true })).toEqual({ status: 'APPROVED' });
  expect(await test.codeOf(community.owner, REVIEW, { id: one.id, approve: true })).toBe('CONFLICT');
  expect(await test.get(community.owner, REVIEW, { id: two.id, approve: false })).toEqual({ status: 'REJECTED' });
  const { options } = await test.get<{ options: object[] }>(community.owner, OPEN, { id: pollId });
  expect(options).toHaveLength(1);
});

it('is not for who does not belong there, nor of them', async () => {
  const pollId = await nominating({ visibility: 'PUBLIC' });
  const stranger = await test.person();
  expect(await test.codeOf(stranger, NOMINATE, { pollId, input: { title: 'Me' } })).toBe('FORBIDDEN');
  expect(await test.codeOf(people[0], NOMINATE, { pollId, input: { userId: stranger.id, title: 'X' } })).toBe(
    'NOT_FOUND',
  );
});

it('comes with a picture, which the option has that it becomes', async () => {
  const { owner, members, scope } = await aCommunity(test, 1);
  const [member] = members as [Person, ...Person[]];
  const { id } = await aDraft(test, owner, { scope });
  await test.get(owner, 'mutation ($id: ID!) { openNominations(id: $id) { id } }', { id });
  const nominate =
    'mutation ($id: ID!, $input: NominationInput!) { nominate(pollId: $id, input: $input) { imageUrl } }';
  const image = await uploaded(test.world, member.id);
  const address = expect.stringMatching(/^http:\/\/localhost:4000\/files\/.*\.png\?until=\d+$/);
  expect(await test.get(member, nominate, { id, input: { title: 'Me', image } })).toEqual({ imageUrl: address });
  expect(await test.codeOf(owner, nominate, { id, input: { title: 'Us', image } })).toBe('TOKEN_INVALID');
  const opened = 'mutation ($id: ID!) { openPoll(id: $id) { options { title imageUrl } } }';
  const { options } = await test.get<{ options: { title: string; imageUrl: string | null }[] }>(owner, opened, { id });
  expect(options.find(({ title }) => title === 'Me')?.imageUrl).toEqual(address);
  expect(options.filter(({ imageUrl }) => imageUrl !== null)).toHaveLength(1);
});
