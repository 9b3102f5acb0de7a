import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aEvent, CREATE, startEvents } from './factories.ts';

const UPDATE =
  'mutation ($id: ID!, $input: UpdateEventInput!) { updateEvent(id: $id, input: $input) { title editedAt } }';
const DELETE = 'mutation ($id: ID!) { deleteEvent(id: $id) { id title } }';
const ONE = 'query ($id: ID!) { event(id: $id) { id } }';
const LIST = 'query ($first: Int) { events(first: $first) { edges { node { id } } pageInfo { hasNextPage } } }';

interface List {
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean };
}

let test: TestSubgraph;
let author: Person;
beforeAll(async () => {
  test = await startEvents();
  author = await test.person();
});
afterAll(() => test?.world.close());

describe('createEvent', () => {
  it('makes a event that the list begins with', async () => {
    const made = await test.get<{ id: string }>(author, CREATE, { input: { title: ' New ' } });
    expect(made).toEqual({ id: made.id, title: 'New', visibility: 'COMMUNITY', author: { id: author.id } });
    const { edges } = await test.get<List>(author, LIST, { first: 1 });
    expect(edges).toEqual([{ node: { id: made.id } }]);
  });

  it('refuses invalid input', async () => {
    for (const input of [{ title: ' ' }, { title: 'x'.repeat(201) }, { title: 'New', visibility: 'TEAM' }])
      expect(await test.codeOf(author, CREATE, { input })).toBe('VALIDATION_ERROR');
  });

  it('is FORBIDDEN for who does not belong to the tenant', async () => {
    expect(await test.codeOf(await test.person(null), CREATE, { input: { title: 'New' } })).toBe('FORBIDDEN');
  });
});

describe('updateEvent', () => {
  it('changes what is given, for its author and whoever manages', async () => {
    const { id } = await aEvent(test, author);
    for (const [title, viewer] of [
      ['Mine', author],
      ['Ours', await test.person('tenant.owner')],
    ] as const)
      expect(await test.get(viewer, UPDATE, { id, input: { title } })).toEqual({ title, editedAt: expect.any(String) });
  });

  it('is refused for invalid input, for others, and for what is missing or hidden', async () => {
    const [seen, hidden] = [await aEvent(test, author), await aEvent(test, author, { visibility: 'PRIVATE' })];
    const other = await test.person();
    const input = { title: 'Theirs' };
    expect(await test.codeOf(author, UPDATE, { id: seen.id, input: { title: '' } })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(other, UPDATE, { id: seen.id, input })).toBe('FORBIDDEN');
    expect(await test.codeOf(other, UPDATE, { id: hidden.id, input })).toBe('NOT_FOUND');
    expect(await test.codeOf(author, UPDATE, { id: uuidv7(), input })).toBe('NOT_FOUND');
  });
});

describe('deleteEvent', () => {
  it('answers the event as it was, and it is gone', async () => {
    const { id } = await aEvent(test, author);
    expect(await test.codeOf(await test.person(), DELETE, { id })).toBe('FORBIDDEN');
    expect(await test.get(author, DELETE, { id })).toEqual({ id, title: 'A event' });
    expect(await test.get(author, ONE, { id })).toBeNull();
    expect(await test.codeOf(author, DELETE, { id })).toBe('NOT_FOUND');
  });
});

describe.each([
  ['PUBLIC', ['anonymous', 'outsider', 'member', 'author', 'owner']],
  ['COMMUNITY', ['member', 'author', 'owner']],
  ['PRIVATE', ['author', 'owner']],
])('a event that is %s', (visibility, seenBy) => {
  it('is there for those it is for, in lists and by id alike', async () => {
    const { id } = await aEvent(test, author, { visibility });
    const viewers = {
      anonymous,
      outsider: await test.person(null),
      member: await test.person(),
      author,
      owner: await test.person('tenant.owner'),
    };
    for (const [who, viewer] of Object.entries(viewers)) {
      const { edges } = await test.get<List>(viewer, LIST, { first: 100 });
      const found = { byId: await test.get(viewer, ONE, { id }), listed: edges.some(({ node }) => node.id === id) };
      const expected = seenBy.includes(who);
      expect([who, found]).toEqual([who, { byId: expected ? { id } : null, listed: expected }]);
    }
  });
});
