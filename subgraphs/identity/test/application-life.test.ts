import {
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  type Person,
  type Place,
  startIdentity,
} from './harness.ts';

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

const STATE = 'id status pendingScopes approvedScopes rejectionReason';
const REGISTER = `mutation($input: RegisterApplicationInput!) { registerApplication(input: $input) {
  secret settings { issuer discoveryUrl clientId resource environment } application { ${STATE} } } }`;
const UPDATE = `mutation($id: ID!, $input: UpdateApplicationInput!) { updateApplication(id: $id, input: $input) { ${STATE} } }`;
const APPROVE = 'mutation($id: ID!) { approveApplication(id: $id) { id pendingScopes } }';
const REJECT = 'mutation($id: ID!) { rejectApplication(id: $id, reason: "Too much. See evil.example") { id } }';
const DISABLE = 'mutation($id: ID!) { disableApplication(id: $id) { id } }';
const DELETE = 'mutation($id: ID!) { deleteApplication(id: $id) { id name status redirectUris } }';

interface App {
  id: string;
  status: string;
  pendingScopes: string[];
  approvedScopes: string[];
  rejectionReason: string | null;
}
interface Registered {
  secret: string | null;
  settings: { issuer: string; discoveryUrl: string; clientId: string; resource: string; environment: string };
  application: App;
}

const INPUT = {
  name: 'Notes',
  redirectUris: ['https://notes.example/cb'],
  scopes: ['openid', 'graph.read'],
  clientCredentials: false,
};

async function registered(more: object = {}): Promise<Registered> {
  const input = { ...INPUT, ...more };
  const data = await world.data<{ registerApplication: Registered }>(author.viewer, REGISTER, { input });
  return data.registerApplication;
}
const as = (person: Person, query: string, variables: object) => world.gql(person.viewer, query, { ...variables });
async function changed(id: string, input: object): Promise<App> {
  const data = await world.data<{ updateApplication: App }>(author.viewer, UPDATE, { id, input });
  return data.updateApplication;
}
const subjectsTo = (person: Person) => world.mails(person.email).map(({ subject }) => subject);
async function workedOff(): Promise<void> {
  await world.settle();
  await world.runJobs();
}
const WAITS = 'An application waits for your approval';
const told = (person: Person) => subjectsTo(person).filter((subject) => subject === WAITS).length;

test('a registration answers the settings that a developer pastes', async () => {
  const { secret, settings, application } = await registered({ clientCredentials: true });
  const issuer = world.platform.publicUrl;
  expect(settings).toMatchObject({
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    clientId: application.id,
    resource: `${issuer}/graphql`,
  });
  expect(settings.environment.split('\n')).toEqual([
    `OIDC_ISSUER=${issuer}`,
    `OIDC_CLIENT_ID=${application.id}`,
    `OIDC_CLIENT_SECRET=${secret}`,
    'OIDC_REDIRECT_URI=https://notes.example/cb',
    'OIDC_SCOPE="openid graph.read"',
    `OIDC_RESOURCE=${issuer}/graphql`,
    '',
  ]);
  const open = await registered({ confidential: false });
  expect(open.settings.environment).not.toContain('SECRET');
});

test('administrators are told of an application that waits, and not again for each of many changes', async () => {
  await workedOff();
  const before = told(place.owner);
  const { application } = await registered();
  await workedOff();
  expect(told(place.owner)).toBe(before + 1);
  expect(world.mails(place.owner.email)[0]?.text).toContain('Notes');
  expect(told(author)).toBe(0);
  for (let n = 0; n < 6; n++) {
    await changed(application.id, { name: `Notes ${n}` });
    await workedOff();
  }
  expect(told(place.owner)).toBe(before + 3);
});

test('whoever registered it is told of each decision of somebody else, in words that lead nowhere', async () => {
  const { application } = await registered();
  for (const decide of [APPROVE, DISABLE, REJECT, DELETE]) await as(place.owner, decide, application);
  expect(subjectsTo(author).slice(0, 4)).toEqual([
    'Your application was deleted',
    'Your application was refused',
    'Your application was stopped',
    'Your application was approved',
  ]);
  const [, refused] = world.mails(author.email);
  expect(refused?.text).toContain('Too much');
  expect(refused?.text).not.toContain('evil.example');
});

test('a refused application that changed asks again, one that did not stays refused', async () => {
  const { application } = await registered();
  await as(place.owner, REJECT, application);
  expect((await changed(application.id, { name: 'Notes' })).status).toBe('REJECTED');
  await workedOff();
  const before = told(place.owner);
  const again = await changed(application.id, { scopes: ['openid'] });
  expect(again).toMatchObject({ status: 'PENDING', rejectionReason: null, pendingScopes: ['openid'] });
  await workedOff();
  expect(told(place.owner)).toBe(before + 1);
});

test('newly asked scopes are pending until they are approved, and administrators hear of them', async () => {
  const { application } = await registered();
  await as(place.owner, APPROVE, application);
  await workedOff();
  const before = told(place.owner);
  const wider = await changed(application.id, { scopes: ['openid', 'graph.read', 'graph.write'] });
  expect(wider).toMatchObject({ status: 'APPROVED', pendingScopes: ['graph.write'] });
  await workedOff();
  expect(told(place.owner)).toBe(before + 1);
  const approved = await as(place.owner, APPROVE, application);
  expect(approved.data).toMatchObject({ approveApplication: { pendingScopes: [] } });
});

test('a deleted application is answered as it was, and nothing of it is left', async () => {
  const { application } = await registered();
  await as(place.owner, APPROVE, application);
  const { data } = await as(author, DELETE, application);
  expect(data).toEqual({
    deleteApplication: { id: application.id, name: 'Notes', status: 'APPROVED', redirectUris: INPUT.redirectUris },
  });
  const em = world.subgraph('identity').runtime.em(place.id);
  for (const sql of [
    'select id from application where id = ?',
    'select id from application_secret where application_id = ?',
  ])
    expect(await em.execute(sql, [application.id])).toEqual([]);
  expect(codesOf(await as(place.owner, APPROVE, application))).toEqual(['NOT_FOUND']);
});

test('only its author and administrators delete an application, who signed in themselves and lately', async () => {
  const { application } = await registered();
  const stranger = await aPerson(world);
  expect(codesOf(await as(stranger, DELETE, application))).toEqual(['NOT_FOUND']);
  expect(codesOf(await as(author, DELETE, { id: 'not-an-id' }))).toEqual(['NOT_FOUND']);
  const old = world.viewerOf(author.id, { authTime: Math.floor(world.clock.nowMs() / 1000) - 3600 });
  expect(codesOf(await world.gql(old, DELETE, { id: application.id }))).toEqual(['STEP_UP_REQUIRED']);
  const token = world.viewerOf(author.id, { scopes: ['graph.write'] });
  expect(codesOf(await world.gql(token, DELETE, { id: application.id }))).not.toEqual([]);
  expect(codesOf(await as(place.owner, DELETE, application))).toEqual([]);
});

test('of twenty deletions at once one answers the application', async () => {
  const { application } = await registered();
  const replies = await Promise.all(Array.from({ length: 20 }, () => as(author, DELETE, application)));
  expect(replies.flatMap(codesOf)).toEqual(Array.from({ length: 19 }, () => 'NOT_FOUND'));
});

test('exchange is part of what is approved, and is for those that keep a secret', async () => {
  const { application } = await registered({ redirectUris: [], tokenExchange: true });
  await as(place.owner, APPROVE, application);
  expect((await changed(application.id, { tokenExchange: false })).status).toBe('PENDING');
  const open = await registered({ confidential: false });
  const refused = await as(author, UPDATE, { id: open.application.id, input: { tokenExchange: true } });
  expect([codesOf(refused), fieldsOf(refused)]).toEqual([['VALIDATION_ERROR'], ['tokenExchange']]);
});
