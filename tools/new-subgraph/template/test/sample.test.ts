import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aSample, atTenant, CREATE, startSpecimens } from './factories.ts';

const UPDATE =
  'mutation ($id: ID!, $input: UpdateSampleInput!) { updateSample(id: $id, input: $input) { title editedAt } }';
const DELETE = 'mutation ($id: ID!) { deleteSample(id: $id) { id title } }';
const ONE = 'query ($id: ID!) { sample(id: $id) { id } }';
const LIST = 'query ($first: Int) { samples(first: $first) { edges { node { id } } pageInfo { hasNextPage } } }';

interface List {
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean };
}

let test: TestSubgraph;
let author: Person;
beforeAll(async () => {
  test = await startSpecimens();
  author = await test.person();
});
afterAll(() => test?.world.close());

describe('createSample', () => {
  it('makes a sample that the list begins with', async () => {
    const made = await test.get<{ id: string }>(author, CREATE, { input: { scope: atTenant(test), title: ' New ' } });
    expect(made).toEqual({ id: made.id, title: 'New', visibility: 'COMMUNITY', author: { id: author.id } });
    const { edges } = await test.get<List>(author, LIST, { first: 1 });
    expect(edges).toEqual([{ node: { id: made.id } }]);
  });

  it('refuses invalid input', async () => {
    for (const input of [{ title: ' ' }, { title: 'x'.repeat(201) }, { title: 'New', visibility: 'TEAM' }])
      expect(await test.codeOf(author, CREATE, { input: { scope: atTenant(test), ...input } })).toBe(
        'VALIDATION_ERROR',
      );
  });

  it('is FORBIDDEN for who does not belong to the tenant', async () => {
    const input = { scope: atTenant(test), title: 'New' };
    expect(await test.codeOf(await test.person(null), CREATE, { input })).toBe('FORBIDDEN');
  });

  it('is NOT_FOUND at a scope that is not there', async () => {
    const input = { scope: { type: 'TEAM', id: uuidv7() }, title: 'New' };
    expect(await test.codeOf(await test.person('tenant.owner'), CREATE, { input })).toBe('NOT_FOUND');
  });
});

describe('updateSample', () => {
  it('changes what is given, for its author and whoever manages', async () => {
    const { id } = await aSample(test, author);
    for (const [title, viewer] of [
      ['Mine', author],
      ['Ours', await test.person('tenant.owner')],
    ] as const)
      expect(await test.get(viewer, UPDATE, { id, input: { title } })).toEqual({ title, editedAt: expect.any(String) });
  });

  it('is refused for invalid input, for others, and for what is missing or hidden', async () => {
    const [seen, hidden] = [await aSample(test, author), await aSample(test, author, { visibility: 'PRIVATE' })];
    const other = await test.person();
    const input = { title: 'Theirs' };
    expect(await test.codeOf(author, UPDATE, { id: seen.id, input: { title: '' } })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(other, UPDATE, { id: seen.id, input })).toBe('FORBIDDEN');
    expect(await test.codeOf(other, UPDATE, { id: hidden.id, input })).toBe('NOT_FOUND');
    expect(await test.codeOf(author, UPDATE, { id: uuidv7(), input })).toBe('NOT_FOUND');
  });
});

describe('deleteSample', () => {
  it('answers the sample as it was, and it is gone', async () => {
    const { id } = await aSample(test, author);
    expect(await test.codeOf(await test.person(), DELETE, { id })).toBe('FORBIDDEN');
    expect(await test.get(author, DELETE, { id })).toEqual({ id, title: 'A sample' });
    expect(await test.get(author, ONE, { id })).toBeNull();
    expect(await test.codeOf(author, DELETE, { id })).toBe('NOT_FOUND');
  });
});

describe.each([
  ['PUBLIC', ['anonymous', 'outsider', 'member', 'author', 'owner']],
  ['COMMUNITY', ['member', 'author', 'owner']],
  ['PRIVATE', ['author', 'owner']],
])('a sample that is %s', (visibility, seenBy) => {
  it('is there for those it is for, in lists and by id alike', async () => {
    const { id } = await aSample(test, author, { visibility });
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
