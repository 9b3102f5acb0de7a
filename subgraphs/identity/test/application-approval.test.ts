import { aPerson, aTenant, codesOf, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

let world: IdentityWorld;
let place: Place;
let author: Person;
beforeAll(async () => {
  world = await startIdentity();
  place = await aTenant(world);
});
beforeEach(async () => {
  author = await aPerson(world);
});
afterAll(() => world.close());

const REGISTER =
  'mutation($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } } }';
const UPDATE =
  'mutation($id: ID!, $input: UpdateApplicationInput!) { updateApplication(id: $id, input: $input) { id } }';
const redirectUris = ['https://notes.example/cb'];

async function registered(): Promise<string> {
  const input = { name: 'Notes', redirectUris, scopes: ['openid', 'graph.read'], clientCredentials: false };
  const data = await world.data<{ registerApplication: { application: { id: string } } }>(author.viewer, REGISTER, {
    input,
  });
  return data.registerApplication.application.id;
}
async function statusOf(id: string): Promise<string | undefined> {
  const em = world.subgraph('identity').runtime.em(place.id);
  const [row] = await em.execute<{ status: string }[]>('select status from application where id = ?', [id]);
  return row?.status;
}

const LOOK = '{ applications { edges { node { id version } } } }';
const APPROVE_THIS = `mutation($id: ID!, $version: String) { approveApplication(id: $id, version: $version) { id } }`;
const elsewhere = ['https://evil.example/cb'];

async function looked(id: string): Promise<string | null> {
  const { applications } = await world.data<{ applications: { edges: { node: { id: string; version: string } }[] } }>(
    place.owner.viewer,
    LOOK,
  );
  return applications.edges.find(({ node }) => node.id === id)?.node.version ?? null;
}
const change = (id: string, input: object) => world.gql(author.viewer, UPDATE, { id, input });
const approve = (id: string, version: string | null) => world.gql(place.owner.viewer, APPROVE_THIS, { id, version });

test.each([
  ['other addresses', { redirectUris: elsewhere }],
  ['other addresses after signing out', { postLogoutRedirectUris: elsewhere }],
  ['another address to tell', { backchannelLogoutUri: 'https://evil.example/logout' }],
  ['more scopes', { scopes: ['openid', 'graph.read', 'graph.write'] }],
  ['another name', { name: 'Bank' }],
])('an approval is refused where the application has %s by now', async (_, input) => {
  const id = await registered();
  const version = await looked(id);
  await change(id, input);
  const refused = await approve(id, version);
  expect([codesOf(refused), refused.data]).toEqual([['CONFLICT'], { approveApplication: null }]);
  expect(await statusOf(id)).toBe('PENDING');
  expect(codesOf(await approve(id, await looked(id)))).toEqual([]);
});

test('an approval holds when what was changed was changed back, and again once it was approved', async () => {
  const id = await registered();
  const version = await looked(id);
  await change(id, { redirectUris: elsewhere });
  await change(id, { redirectUris });
  for (let time = 0; time < 2; time++) expect(codesOf(await approve(id, version))).toEqual([]);
});

test('what an approval is about is shown to those only who see the details', async () => {
  const id = await registered();
  const FIND = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Application { id version } } }`;
  const representations = [{ __typename: 'Application', id }];
  const { _entities: seen } = await world.data<{ _entities: unknown[] }>((await aPerson(world)).viewer, FIND, {
    representations,
  });
  expect(seen).toEqual([{ id, version: null }]);
});

test('one change among nineteen approvals at once is never approved with them', async () => {
  for (let round = 0; round < 5; round++) {
    const id = await registered();
    const version = await looked(id);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n === 2 ? change(id, { redirectUris: elsewhere }) : approve(id, version))),
    );
    expect(replies.flatMap(codesOf).filter((code) => code !== 'CONFLICT')).toEqual([]);
    expect(await statusOf(id)).toBe('PENDING');
  }
});
