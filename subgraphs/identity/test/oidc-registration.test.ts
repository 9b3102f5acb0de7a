import { anonymous } from '@polity/kernel/testing/harness';
import { aPerson, aTenant, codesOf, fieldsOf, type Person, type Place } from './harness.ts';
import { CALLBACK, type OidcWorld, startOidc } from './oidc-harness.ts';

let world: OidcWorld;
let place: Place;
beforeAll(async () => {
  world = await startOidc();
  place = world.place;
});
beforeEach(() => {
  world.tenantId = place.id;
});
afterAll(() => world.close());

const CREATE = `mutation($input: CreateRegistrationTokenInput!) { made: createRegistrationToken(input: $input) {
  secret registrationToken { id name hint uses maxUses } } }`;
const REVOKE = 'mutation($id: ID!) { made: revokeRegistrationToken(id: $id) { id revokedAt } }';
const LIST = '{ registrationTokens { edges { node { id uses revokedAt createdBy { id } } } } }';
const APPLICATION = `query { applications { edges { node { id name status redirectUris requestedScopes approvedScopes pendingScopes confidential deviceFlow } } } }`;
const APPROVE = 'mutation($id: ID!) { made: approveApplication(id: $id) { status } }';

interface Made {
  secret: string;
  registrationToken: { id: string; hint: string; uses: number; maxUses: number };
}
const aToken = async (input: object = {}, { viewer }: Person = place.owner) =>
  (await world.data<{ made: Made }>(viewer, CREATE, { input: { name: 'CI', ...input } })).made;

interface Answer {
  status: number;
  body: Record<string, unknown> & { client_id: string; registration_access_token: string; error?: string };
}
async function send(method: string, path: string, token: string | null, body?: unknown): Promise<Answer> {
  const response = await world.fetch(world.url(path), {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {} };
}
const NOTES = { client_name: 'Notes', redirect_uris: [CALLBACK], scope: 'openid email' };
const register = (token: string | null, metadata: unknown = NOTES) => send('POST', '/oidc/register', token, metadata);
async function registered(metadata: unknown = NOTES) {
  const { status, body } = await register((await aToken()).secret, metadata);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { ...body, path: `/oidc/register/${body.client_id}`, own: body.registration_access_token };
}

interface Seen {
  id: string;
  status: string;
  name: string;
  requestedScopes: string[];
  approvedScopes: string[];
  redirectUris: string[];
  deviceFlow: boolean;
}
async function find(id: string): Promise<Seen | undefined> {
  const { applications } = await world.data<{ applications: { edges: { node: Seen }[] } }>(
    place.owner.viewer,
    APPLICATION,
  );
  return applications.edges.map(({ node }) => node).find((node) => node.id === id);
}
const approve = (id: string) => world.data(place.owner.viewer, APPROVE, { id });
const audit = async (type: string) =>
  world
    .subgraph('identity')
    .runtime.em(place.id)
    .execute<{ data: { applicationId?: string } }[]>('select data from audit_entry where type = ?', [type]);

test('a program registers an application, which waits for an approval like any other', async () => {
  const { secret: token, registrationToken } = await aToken();
  expect(registrationToken).toMatchObject({ uses: 0, maxUses: 1, hint: token.slice(-4) });
  const { status, body } = await register(token);
  expect([status, body]).toEqual([
    201,
    expect.objectContaining({
      ...{ client_name: 'Notes', redirect_uris: [CALLBACK], scope: 'openid email', response_types: ['code'] },
      ...{ grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic' },
      ...{ approval_status: 'pending', client_secret: expect.stringMatching(/^polity_cs_/) },
      registration_client_uri: world.url(`/oidc/register/${body.client_id}`),
    }),
  ]);
  expect(await find(body.client_id)).toMatchObject({ status: 'PENDING', approvedScopes: [], name: 'Notes' });
  expect((await audit('application_registered')).map(({ data }) => data.applicationId)).toContain(body.client_id);
  const credentials = { client_id: body.client_id, client_secret: String(body.client_secret) };
  const ask = () =>
    world.fetch(world.url('/oidc/par'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...credentials, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' }),
    });
  expect((await ask()).status).toBe(401);
  await approve(body.client_id);
  expect((await ask()).status).toBe(201);
});

test('those who may approve are told of it', async () => {
  const { client_id: id } = await registered({ ...NOTES, client_name: 'Told about' });
  await world.settle();
  await world.runJobs();
  expect(world.mails(place.owner.email).some(({ text }) => text.includes('Told about'))).toBe(true);
  expect((await find(id))?.status).toBe('PENDING');
});

test('a token registers as often as it says, and twenty at once no more', async () => {
  const { secret: token, registrationToken } = await aToken({ maxUses: 3 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => register(token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(3).fill(201), ...Array(17).fill(401)]);
  const { registrationTokens } = await world.data<{
    registrationTokens: { edges: { node: { id: string; uses: number; createdBy: { id: string } } }[] };
  }>(place.owner.viewer, LIST);
  const kept = registrationTokens.edges.map(({ node }) => node).find(({ id }) => id === registrationToken.id);
  expect(kept).toMatchObject({ uses: 3, createdBy: { id: place.owner.id } });
});

test('a token that was revoked, is too old, or of somebody who left registers nothing', async () => {
  const revoked = await aToken();
  const id = revoked.registrationToken.id;
  const ends = await Promise.all(Array.from({ length: 20 }, () => world.gql(place.owner.viewer, REVOKE, { id })));
  expect(ends.filter(({ errors }) => !errors)).toHaveLength(1);
  expect(new Set(ends.flatMap(codesOf))).toEqual(new Set(['NOT_FOUND']));
  expect((await register(revoked.secret)).status).toBe(401);
  const old = await aToken({ expiresAt: new Date(world.clock.nowMs() + 60_000).toISOString() });
  const left = await aToken();
  const em = world.subgraph('identity').runtime.em(null);
  await em.execute("update registration_token set expires_at = now() - interval '1 hour' where id = ?", [
    old.registrationToken.id,
  ]);
  expect((await register(old.secret)).status).toBe(401);
  await em.execute('update registration_token set created_by = ? where id = ?', [
    (await aTenant(world)).owner.id,
    left.registrationToken.id,
  ]);
  expect((await register(left.secret)).status).toBe(401);
});

test('without a good token nothing is said but that', async () => {
  const { secret: token } = await aToken();
  for (const bad of [null, 'x', `polity_rg_${'x'.repeat(43)}`, `polity_rm_${'x'.repeat(43)}`, `${token}x`]) {
    const { status, body } = await register(bad, { nonsense: true });
    expect([status, body.error]).toEqual([401, 'invalid_token']);
  }
  expect((await register(token)).status).toBe(201);
});

test('metadata that is not right is refused by its name, and uses no token up', async () => {
  const { secret: token } = await aToken();
  const tries: [unknown, string][] = [
    [{ ...NOTES, redirect_uris: ['http://app.example/'] }, 'invalid_redirect_uri'],
    [{ ...NOTES, redirect_uris: ['https://app.example/*'] }, 'invalid_redirect_uri'],
    [{ ...NOTES, redirect_uris: 'https://app.example/' }, 'invalid_redirect_uri'],
    [{ ...NOTES, redirect_uris: [] }, 'invalid_redirect_uri'],
    [{ ...NOTES, client_name: 'see https://evil.example' }, 'invalid_client_metadata'],
    [{ ...NOTES, scope: 'openid no.such.thing' }, 'invalid_client_metadata'],
    [{ ...NOTES, grant_types: ['password'] }, 'invalid_client_metadata'],
    [{ ...NOTES, response_types: ['token'] }, 'invalid_client_metadata'],
    [{ ...NOTES, token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    [{ ...NOTES, token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
    [{ ...NOTES, software_statement: 'e30.e30.' }, 'unapproved_software_statement'],
    [[], 'invalid_client_metadata'],
    ['{', 'invalid_client_metadata'],
  ];
  for (const [metadata, error] of tries) {
    const { status, body } = await register(token, metadata);
    expect([metadata, status, body.error]).toEqual([metadata, 400, error]);
  }
  expect((await register(token, `"${'x'.repeat(70_000)}"`)).status).toBe(413);
  expect((await register(token)).status).toBe(201);
});

test('a command line registers for the device flow, without a secret', async () => {
  const made = await registered({
    client_name: 'Tool',
    token_endpoint_auth_method: 'none',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
  });
  expect(made).toMatchObject({
    scope: 'openid offline_access',
    response_types: [],
    token_endpoint_auth_method: 'none',
  });
  expect(made).not.toHaveProperty('client_secret');
  expect(await find(made.client_id)).toMatchObject({ deviceFlow: true, redirectUris: [] });
});

test('a program reads, changes and deletes its own registration, and no other', async () => {
  const mine = await registered();
  const other = await registered();
  expect((await send('GET', mine.path, mine.own)).body).toMatchObject({
    client_id: mine.client_id,
    client_name: 'Notes',
  });
  for (const [path, token] of [
    [mine.path, other.own],
    [mine.path, null],
    ['/oidc/register/x', mine.own],
  ] as const) {
    expect((await send('GET', path, token)).status).toBe(401);
    expect((await send('PUT', path, token, { ...NOTES, client_id: mine.client_id })).status).toBe(401);
    expect((await send('DELETE', path, token)).status).toBe(401);
  }
  const gone = await Promise.all(Array.from({ length: 20 }, () => send('DELETE', mine.path, mine.own)));
  expect(gone.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(401)]);
  expect(await find(mine.client_id)).toBeUndefined();
  expect((await find(other.client_id))?.status).toBe('PENDING');
});

test('what changes after an approval waits for another, and what stays the same does not', async () => {
  const { client_id, own, path } = await registered();
  await approve(client_id);
  expect((await send('PUT', path, own, { ...NOTES, client_id })).body).toMatchObject({ approval_status: 'approved' });
  const wider = await send('PUT', path, own, { ...NOTES, client_id, scope: 'openid email profile' });
  expect(wider.body).toMatchObject({ approval_status: 'approved' });
  expect(await find(client_id)).toMatchObject({ approvedScopes: ['openid', 'email'] });
  const moved = await send('PUT', path, own, { ...NOTES, client_id, redirect_uris: ['https://elsewhere.example/cb'] });
  expect(moved.body).toMatchObject({ approval_status: 'pending', redirect_uris: ['https://elsewhere.example/cb'] });
  for (const wrong of [
    { ...NOTES },
    { ...NOTES, client_id: 'another' },
    { ...NOTES, client_id, token_endpoint_auth_method: 'none' },
  ])
    expect((await send('PUT', path, own, wrong)).body.error).toBe('invalid_client_metadata');
  await world.data(place.owner.viewer, 'mutation($id: ID!) { disableApplication(id: $id) { status } }', {
    id: client_id,
  });
  expect((await send('PUT', path, own, { ...NOTES, client_id })).status).toBe(403);
});

test('only those who look after applications make, see and end tokens, and only of their tenant', async () => {
  const { viewer } = await aPerson(world);
  const { registrationToken } = await aToken();
  const stranger = (await aTenant(world)).owner;
  expect(codesOf(await world.gql(stranger.viewer, REVOKE, { id: registrationToken.id }))).toEqual(['NOT_FOUND']);
  world.tenantId = place.id;
  for (const who of [viewer, anonymous, { ...place.owner.viewer, scopes: ['graph.write'] }]) {
    for (const [query, variables] of [
      [CREATE, { input: { name: 'CI' } }],
      [REVOKE, { id: registrationToken.id }],
    ] as const)
      expect((await world.gql(who, query, variables)).errors).toHaveLength(1);
  }
  for (const who of [viewer, anonymous]) expect((await world.gql(who, LIST)).errors).toHaveLength(1);
  const fields = async (input: object) => fieldsOf(await world.gql(place.owner.viewer, CREATE, { input }));
  expect(await fields({ name: '' })).toEqual(['name']);
  expect(await fields({ name: 'CI', maxUses: 0 })).toEqual(['maxUses']);
  expect(await fields({ name: 'CI', maxUses: 1001 })).toEqual(['maxUses']);
  expect(await fields({ name: 'CI', expiresAt: '2020-01-01T00:00:00Z' })).toEqual(['expiresAt']);
});

test('fifty tokens of a tenant are live at once, and twenty more at once are none', async () => {
  const { owner } = await aTenant(world);
  for (let made = 0; made < 49; made++) await aToken({}, owner);
  const more = await Promise.all(
    Array.from({ length: 20 }, () => world.gql(owner.viewer, CREATE, { input: { name: 'CI' } })),
  );
  expect(more.filter(({ errors }) => !errors)).toHaveLength(1);
});

test('discovery names the endpoint, and the database keeps no token', async () => {
  const { secret } = await aToken();
  const made = await registered();
  const document = await (await world.fetch(world.url('/.well-known/openid-configuration'))).json();
  expect(document).toMatchObject({ registration_endpoint: world.url('/oidc/register') });
  const em = world.subgraph('identity').runtime.em(place.id);
  const [{ all } = { all: '' }] = await em.execute<{ all: string }[]>(
    `select (select string_agg(t::text, ' ') from registration_token t) || (select string_agg(a::text, ' ') from application a) as all`,
  );
  for (const each of [secret, made.own]) expect(all).not.toContain(each);
});
