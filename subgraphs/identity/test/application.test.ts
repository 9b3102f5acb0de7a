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
  author = await aPerson(world);
});
afterAll(() => world.close());

const FIELDS = `id name status confidential redirectUris requestedScopes approvedScopes rejectionReason decidedAt
  secrets { id hint expiresAt } createdBy { id }`;
const REGISTER = `mutation($input: RegisterApplicationInput!) { registerApplication(input: $input) { secret application { ${FIELDS} } } }`;
const UPDATE = `mutation($id: ID!, $input: UpdateApplicationInput!) { updateApplication(id: $id, input: $input) { ${FIELDS} } }`;
const ROTATE = `mutation($id: ID!, $hours: Int) { rotateApplicationSecret(id: $id, overlapHours: $hours) { secret application { secrets { hint expiresAt } } } }`;
const APPROVE = `mutation($id: ID!) { approveApplication(id: $id) { ${FIELDS} } }`;
const REJECT = `mutation($id: ID!, $reason: String!) { rejectApplication(id: $id, reason: $reason) { ${FIELDS} } }`;
const DISABLE = `mutation($id: ID!) { disableApplication(id: $id) { ${FIELDS} } }`;
const LIST = 'query($status: ApplicationStatus) { applications(status: $status) { edges { node { id status } } } }';

interface App {
  id: string;
  status: string;
  redirectUris: string[] | null;
  requestedScopes: string[] | null;
  approvedScopes: string[];
  secrets: { hint: string; expiresAt: string }[] | null;
}

const input = (more: object = {}) => ({
  name: 'Notes',
  redirectUris: ['https://notes.example/cb'],
  scopes: ['openid', 'graph.read'],
  ...more,
});

async function registered(more: object = {}, by = author): Promise<{ application: App; secret: string }> {
  const data = await world.data<{ registerApplication: { application: App; secret: string } }>(by.viewer, REGISTER, {
    input: input(more),
  });
  return data.registerApplication;
}

const ids = async (viewer: Person['viewer'], status?: string) => {
  const { applications } = await world.data<{ applications: { edges: { node: App }[] } }>(viewer, LIST, {
    status: status ?? null,
  });
  return applications.edges.map(({ node }) => node.id);
};

test('a registered application waits, shows its secret once, and works when an administrator approves it', async () => {
  const { application, secret } = await registered();
  expect(application).toMatchObject({
    status: 'PENDING',
    approvedScopes: [],
    requestedScopes: ['openid', 'graph.read'],
  });
  expect(secret).toMatch(/^polity_cs_[\w-]{43}$/);
  expect(application.secrets).toEqual([expect.objectContaining({ hint: secret.slice(-4) })]);
  const { approveApplication } = await world.data<{ approveApplication: App }>(place.owner.viewer, APPROVE, {
    id: application.id,
  });
  expect(approveApplication).toMatchObject({
    status: 'APPROVED',
    approvedScopes: expect.arrayContaining(['openid', 'graph.read']),
  });
  const rows = await world
    .subgraph('identity')
    .runtime.em(place.id)
    .execute<object[]>('select * from application_secret');
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('nobody but an administrator decides, and a stranger cannot tell an application from a missing one', async () => {
  const { application } = await registered();
  const stranger = await aPerson(world);
  expect(codesOf(await world.gql(author.viewer, APPROVE, { id: application.id }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(stranger.viewer, APPROVE, { id: application.id }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await world.gql(stranger.viewer, ROTATE, { id: application.id }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await world.gql(stranger.viewer, UPDATE, { id: application.id, input: { name: 'Mine' } }))).toEqual([
    'NOT_FOUND',
  ]);
  expect(codesOf(await world.gql(place.owner.viewer, APPROVE, { id: 'not-an-id' }))).toEqual(['NOT_FOUND']);
});

test('a stranger is refused after the same statements and calls for an application that is hidden and one that is missing', async () => {
  const { application } = await registered();
  const stranger = await aPerson(world);
  const cost = async (id: string) => {
    const { result, counts } = await world.count(() => world.gql(stranger.viewer, DISABLE, { id }));
    return { codes: codesOf(result), ...counts };
  };
  const missing = '01900000-0000-7000-8000-000000000001';
  // Events of what was made so far are still on their way, and taking them costs statements too.
  await world.settle();
  await cost(missing);
  const hidden = await cost(application.id);
  expect(hidden.codes).toEqual(['NOT_FOUND']);
  expect(await cost(missing)).toEqual(hidden);
});

test('nobody approves for an application what they do not hold themselves', async () => {
  const scopes = ['openid', 'identity.user.impersonate'];
  const alone = (await registered({ scopes, clientCredentials: true })).application;
  expect(codesOf(await world.gql(place.owner.viewer, APPROVE, { id: alone.id }))).toEqual(['FORBIDDEN']);
  const forPeople = (await registered({ scopes, clientCredentials: false })).application;
  await world.data(place.owner.viewer, APPROVE, { id: forPeople.id });
});

test('a wide scope gives an application the permissions that whoever approved it holds, no others, and shows them', async () => {
  const scopes = ['openid', 'identity.read', 'identity.write'];
  const { application } = await registered({ scopes, clientCredentials: true });
  const OFFERED =
    'query($status: ApplicationStatus) { applications(status: $status, first: 100) { edges { node { id permissionsOnApproval } } } }';
  const offeredTo = async (person: Person) => {
    const { applications } = await world.data<{
      applications: { edges: { node: { id: string; permissionsOnApproval: string[] | null } }[] };
    }>(person.viewer, OFFERED, { status: 'PENDING' });
    return applications.edges.find(({ node }) => node.id === application.id)?.node.permissionsOnApproval;
  };
  expect(await offeredTo(author)).toBeNull();
  const offered = await offeredTo(place.owner);
  expect(offered).toEqual(expect.arrayContaining(['identity.user.read', 'identity.user.suspend']));
  // The owner's role leaves impersonation out.
  expect(offered).not.toContain('identity.user.impersonate');
  const approved = await world.data<{ approveApplication: App }>(place.owner.viewer, APPROVE, { id: application.id });
  expect(approved.approveApplication.approvedScopes).toEqual([...scopes, ...(offered ?? [])]);
  const less = await world.data<{ updateApplication: App }>(author.viewer, UPDATE, {
    id: application.id,
    input: { scopes: ['openid', 'identity.read'] },
  });
  const left = less.updateApplication.approvedScopes;
  expect(left).toEqual(expect.arrayContaining(['openid', 'identity.read', 'identity.user.read']));
  expect(left).not.toContain('identity.user.suspend');
});

test('an application that acts for people only is given nothing for itself', async () => {
  const { application } = await registered({ clientCredentials: false });
  const approved = await world.data<{ approveApplication: App }>(place.owner.viewer, APPROVE, { id: application.id });
  expect(approved.approveApplication.approvedScopes).toEqual(['openid', 'graph.read']);
});

test('browsers are sent nowhere else, after a sign-out either, before that was looked at', async () => {
  const { application } = await registered({ clientCredentials: false });
  await world.data(place.owner.viewer, APPROVE, { id: application.id });
  const { updateApplication } = await world.data<{ updateApplication: App }>(author.viewer, UPDATE, {
    id: application.id,
    input: { postLogoutRedirectUris: ['https://elsewhere.example/'] },
  });
  expect(updateApplication.status).toBe('PENDING');
});

test('a rejection says why to whoever registered it', async () => {
  const { application } = await registered();
  const { rejectApplication } = await world.data<{ rejectApplication: object }>(place.owner.viewer, REJECT, {
    id: application.id,
    reason: 'Who are you?',
  });
  expect(rejectApplication).toMatchObject({ status: 'REJECTED', rejectionReason: 'Who are you?', approvedScopes: [] });
  expect(fieldsOf(await world.gql(place.owner.viewer, REJECT, { id: application.id, reason: ' ' }))).toEqual([
    'reason',
  ]);
});

test('members see what they registered, administrators see all, and another tenant sees none', async () => {
  const other = await aPerson(world);
  const mine = (await registered()).application.id;
  const theirs = (await registered({}, other)).application.id;
  expect(await ids(author.viewer)).toContain(mine);
  expect(await ids(author.viewer)).not.toContain(theirs);
  expect(await ids(place.owner.viewer)).toEqual(expect.arrayContaining([mine, theirs]));
  expect(await ids(place.owner.viewer, 'DISABLED')).not.toContain(mine);
  const elsewhere = await aTenant(world);
  expect(await ids(elsewhere.owner.viewer)).toEqual([]);
  expect(codesOf(await world.gql(elsewhere.owner.viewer, APPROVE, { id: mine }))).toEqual(['NOT_FOUND']);
  world.tenantId = place.id;
});

test('a new name or address of a working application is looked at again; new scopes wait, dropped ones end at once', async () => {
  const { application } = await registered();
  const { id } = application;
  await world.data(place.owner.viewer, APPROVE, { id });
  const update = async (by: Person, change: object) =>
    (await world.data<{ updateApplication: App }>(by.viewer, UPDATE, { id, input: change })).updateApplication;
  expect(await update(author, { scopes: ['openid', 'email'] })).toMatchObject({
    status: 'APPROVED',
    approvedScopes: ['openid'],
    requestedScopes: ['openid', 'email'],
  });
  expect(await update(place.owner, { redirectUris: ['https://notes.example/new'] })).toMatchObject({
    status: 'APPROVED',
  });
  expect(await update(author, { redirectUris: ['https://evil.example/cb'] })).toMatchObject({ status: 'PENDING' });
});

test('two secrets are live for a while after a change, and never three', async () => {
  const { application } = await registered();
  const { id } = application;
  const rotate = async (hours?: number) =>
    (
      await world.data<{ rotateApplicationSecret: { secret: string; application: App } }>(author.viewer, ROTATE, {
        id,
        hours: hours ?? 24,
      })
    ).rotateApplicationSecret;
  await rotate();
  const { secret, application: after } = await rotate(1);
  expect(after.secrets).toHaveLength(2);
  expect(after.secrets?.[1]?.hint).toBe(secret.slice(-4));
  const hour = new Date(after.secrets?.[0]?.expiresAt ?? 0).getTime() - world.clock.nowMs();
  expect(hour).toBeLessThanOrEqual(3600 * 1000);
  expect((await rotate(0)).application.secrets).toHaveLength(1);
  expect(fieldsOf(await world.gql(author.viewer, ROTATE, { id, hours: 200 }))).toEqual(['overlapHours']);
});

test('changing a secret needs a fresh session', async () => {
  const { application } = await registered();
  const stale = world.viewerOf(author.id, { authTime: Math.floor(world.clock.nowMs() / 1000) - 3600 });
  expect(codesOf(await world.gql(stale, ROTATE, { id: application.id }))).toEqual(['STEP_UP_REQUIRED']);
});

test('a token of an application registers no application', async () => {
  const limited = world.viewerOf(author.id, { scopes: ['graph.write'] });
  expect(codesOf(await world.gql(limited, REGISTER, { input: input() }))).toEqual(['FORBIDDEN']);
});

test.each([
  ['http://notes.example/cb', 'must begin with https'],
  ['https://notes.example/cb#top', 'fragment'],
  ['https://*.example/cb', 'wildcards'],
  ['https://user:word@notes.example/cb', 'user name'],
  ['https://notes.example/a/../cb', 'normal form'],
  ['https://NOTES.example/cb', 'normal form'],
  ['javascript:alert(1)', 'must begin with https'],
  ['myapp://cb', 'must begin with https'],
  ['https://notes.example\\@evil.example/', 'user name or backslashes'],
  ['https://notes.example/c b', 'complete address'],
  ['/cb', 'complete address'],
])('%s is no address to send people to', async (uri, problem) => {
  const reply = await world.gql(author.viewer, REGISTER, { input: input({ redirectUris: [uri] }) });
  expect(codesOf(reply)).toEqual(['VALIDATION_ERROR']);
  const details = reply.errors?.[0]?.extensions?.details as { fields: Record<string, string> } | undefined;
  expect(details?.fields.redirectUris).toContain(problem);
});

test.each([
  ['a name without letters', { name: '  ' }, ['name']],
  ['a name that reorders text', { name: 'Notes\u202Egnp' }, ['name']],
  ['an unknown scope', { scopes: ['openid', 'everything'] }, ['scopes']],
  ['no scope', { scopes: [] }, ['scopes']],
  ['the same address twice', { redirectUris: ['https://a.example/', 'https://a.example/'] }, ['redirectUris']],
  ['no address and no secret', { redirectUris: [], confidential: false }, ['redirectUris']],
])('%s is refused by its field', async (_, more, fields) => {
  expect(fieldsOf(await world.gql(author.viewer, REGISTER, { input: input(more) }))).toEqual(fields);
});

test('addresses on the own machine are fine without TLS', async () => {
  const redirectUris = [
    'http://localhost:8080/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:9/cb',
    'https://notes.example',
  ];
  const { application, secret } = await registered({ redirectUris, confidential: false });
  expect(application.redirectUris).toEqual(redirectUris);
  expect(secret).toBeNull();
});

test('stopping an application is told to nobody but its administrators', async () => {
  const { application } = await registered();
  expect(codesOf(await world.gql(author.viewer, DISABLE, { id: application.id }))).toEqual(['FORBIDDEN']);
  const { disableApplication } = await world.data<{ disableApplication: App }>(place.owner.viewer, DISABLE, {
    id: application.id,
  });
  expect(disableApplication.status).toBe('DISABLED');
});
