import { hash, randomUUID } from 'node:crypto';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { PAGE_OPERATIONS } from '../src/persisted/own-pages.ts';
import type { Answer, Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added unchanged } }';
const RETIRE =
  'mutation ($applicationId: ID, $ids: [ID!]!) { retireOperations(applicationId: $applicationId, ids: $ids) }';
const LIMIT = 'mutation ($input: OperationLimitsInput!) { setOperationLimits(input: $input) { level } }';
const JSON_TYPE = { 'content-type': 'application/json' };

const sha256 = (text: string) => hash('sha256', text);
/** A text of its own with one variable. */
const aQuery = () => `query Q${randomUUID().replaceAll('-', '')}($slug: String) { tenant(slug: $slug) { slug } }`;

let at: GatewayWorld;
let admin: Browser;
let guest: Browser;
beforeAll(async () => {
  at = await startGatewayWorld();
  admin = await at.person('admin');
  guest = at.browser();
});
afterAll(() => at?.close());

async function publish(manifest: object, applicationId: string | null = null): Promise<void> {
  await admin.get(PUBLISH, { input: { applicationId, manifest } });
  await at.world.settle();
}

async function published(applicationId: string | null = null): Promise<{ id: string; text: string }> {
  const text = aQuery();
  await publish({ [sha256(text)]: text }, applicationId);
  return { id: sha256(text), text };
}

async function limit(limits: object): Promise<void> {
  await admin.get(LIMIT, { input: limits });
  await at.world.settle();
}

const post = (body: unknown, headers: Record<string, string> = {}, path = '/graphql', by = guest) =>
  by.send('POST', path, { ...JSON_TYPE, ...headers }, JSON.stringify(body));
const get = (parameters: Record<string, string>, path = '/graphql', by = guest) =>
  by.send('GET', `${path}?${new URLSearchParams(parameters)}`);
const hashed = (sha256Hash: string, version = 1) => ({ persistedQuery: { version, sha256Hash } });
const outcome = ({ status, codes, data }: Answer) => [status, codes[0] ?? data];
const DEMO = [200, { tenant: { slug: 'demo' } }];

/** An approved application with its secret's token. */
async function anApplication(): Promise<{ id: string; token: string }> {
  const owner = await at.person('alice');
  const { application, secret } = await owner.get(
    'mutation ($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } secret } }',
    { input: { name: 'Client', redirectUris: [], scopes: ['graph.read', 'graph.write'] } },
  );
  await admin.get('mutation ($id: ID!) { approveApplication(id: $id) { status } }', { id: application.id });
  const credentials = Buffer.from(`${application.id}:${secret}`).toString('base64');
  const form = { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' };
  const { text } = await at
    .browser()
    .send('POST', '/oidc/token', form, 'grant_type=client_credentials&scope=graph.read%20graph.write');
  return { id: application.id, token: JSON.parse(text).access_token };
}

describe('an operation that is named by its id', () => {
  it('is run whatever form the id has, by POST and by GET', async () => {
    const { id } = await published();
    const variables = { slug: 'demo' };
    const bodies = [
      { documentId: id },
      { documentId: `sha256:${id}` },
      { documentId: `app~1.0.0~${id}` },
      { doc_id: id },
      { id },
      { extensions: hashed(id) },
      { documentId: id, query: '' },
      { documentId: id, query: null },
      { id, doc_id: `sha256:${id}`, documentId: id, extensions: hashed(id) },
    ];
    for (const body of bodies) expect(outcome(await post({ ...body, variables }))).toEqual(DEMO);
    expect(outcome(await post({ variables }, {}, `/graphql/${id}`))).toEqual(DEMO);
    const text = { variables: JSON.stringify(variables) };
    const parameters: Record<string, string>[] = [
      { documentId: id },
      { doc_id: id },
      { id },
      { extensions: JSON.stringify(hashed(id)) },
      { documentId: id, query: '' },
    ];
    for (const each of parameters) expect(outcome(await get({ ...each, ...text }))).toEqual(DEMO);
    const inPath = await get(text, `/graphql/${id}`);
    expect(outcome(inPath)).toEqual(DEMO);
  });

  it('is answered as its text is, to the byte', async () => {
    const { id, text } = await published();
    for (let n = 0; n < 3; n++) {
      const [byId, byText] = [await post({ documentId: id }), await post({ query: text })];
      expect([byId.status, byId.text, byId.headers['content-type']]).toEqual([
        byText.status,
        byText.text,
        byText.headers['content-type'],
      ]);
    }
  });

  it('tells of wrong variables and names as of any other', async () => {
    const { id } = await published();
    expect((await post({ documentId: id, variables: { slug: 1 } })).status).toBe(400);
    expect((await post({ documentId: id, operationName: 'Other' })).status).toBe(400);
    expect((await post({ documentId: id, variables: [] })).codes).toEqual(['BAD_REQUEST']);
  });

  it('is refused where ids disagree or are none', async () => {
    const [one, other] = [await published(), await published()];
    expect(outcome(await post({ documentId: one.id, id: other.id }))).toEqual([400, 'BAD_REQUEST']);
    expect(outcome(await post({ documentId: one.id }, {}, `/graphql/${other.id}`))).toEqual([400, 'BAD_REQUEST']);
    for (const id of ['a b', '', 1, {}, 'x'.repeat(257), `sha256:${'x'.repeat(64)}`])
      expect(outcome(await post({ id }))).toEqual([400, 'BAD_REQUEST']);
  });

  it('may have its text beside it, but no other', async () => {
    const { id, text } = await published();
    expect(outcome(await post({ documentId: id, query: text }))).toEqual(DEMO);
    expect(outcome(await post({ documentId: id, query: aQuery() }))).toEqual([400, 'CANNOT_SEND_PQ_ID_AND_BODY']);
    await publish({ custom: aQuery() });
    expect(outcome(await post({ id: 'custom', query: text }))).toEqual([400, 'CANNOT_SEND_PQ_ID_AND_BODY']);
    expect(outcome(await post({ id: 'unknown', query: text }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });

  it('is 405 by GET where it changes something', async () => {
    const text = 'mutation Out { signOut }';
    await publish({ [sha256(text)]: text });
    const answer = await get({ documentId: sha256(text) });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    expect((await guest.send('PUT', `/graphql/${sha256(text)}`)).status).toBe(405);
    expect((await post({ documentId: sha256(text) })).status).toBe(200);
  });

  it('is unknown until it is published, once it is retired, and in other tenants', async () => {
    const text = aQuery();
    const id = sha256(text);
    const unknown = await post({ documentId: id });
    expect(outcome(unknown)).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(unknown.errors[0].message).toBe('PersistedQueryNotFound');
    await publish({ [id]: text });
    expect(outcome(await post({ documentId: id }))).toEqual(DEMO);
    const root = await at.person('root');
    const slug = `t${randomUUID().slice(0, 8)}`;
    await root.get('mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id } }', {
      input: { slug, name: 'Elsewhere' },
    });
    expect(outcome(await post({ documentId: id }, { 'x-tenant': slug }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    await admin.get(RETIRE, { ids: [id] });
    await at.world.settle();
    expect(outcome(await post({ documentId: id }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });

  it('costs no call once it is known, nor once it is known to be unknown', async () => {
    const { id } = await published();
    const unknown = sha256(aQuery());
    for (const documentId of [id, unknown]) {
      await post({ documentId });
      const { counts } = await at.world.count(() => post({ documentId }));
      expect(counts.calls.operations ?? 0).toBe(0);
    }
  });

  it('is counted, in memory first, and named by its hash in metrics and log', async () => {
    const { id } = await published();
    at.logs.length = 0;
    for (let n = 0; n < 3; n++) await post({ documentId: id });
    await at.gateway.persisted.flush();
    const { edges } = await admin.get('{ persistedOperations(first: 1) { edges { node { id uses lastUsedAt } } } }');
    expect(edges[0].node).toEqual({ id, uses: 3, lastUsedAt: expect.any(String) });
    expect((await processMetrics()).text).toMatch(
      new RegExp(`graphql_operations_total\\{type="query",operation_hash="${id}",outcome="ok"\\} 3`),
    );
    expect(at.logs.filter((line) => line.includes(`"operationHash":"${id}"`))).toHaveLength(3);
  });
});

describe("an application's operations", () => {
  it('are its own: named by its token, or by the header that selects them', async () => {
    const application = await anApplication();
    const { id } = await published(application.id);
    const bearer = { authorization: `Bearer ${application.token}` };
    expect(outcome(await post({ documentId: id }, bearer))).toEqual(DEMO);
    expect(outcome(await post({ documentId: id }, { 'graphql-client-name': application.id }))).toEqual(DEMO);
    expect(outcome(await post({ documentId: id }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    const other = await anApplication();
    for (const headers of [{ 'graphql-client-name': other.id }, { 'graphql-client-name': 'web' }])
      expect(outcome(await post({ documentId: id }, headers))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    const lying = { authorization: `Bearer ${other.token}`, 'graphql-client-name': application.id };
    expect(outcome(await post({ documentId: id }, lying))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });

  it('come before those of the tenant that have the same id', async () => {
    const application = await anApplication();
    const name = randomUUID();
    await publish({ [name]: 'query Tenants { tenant { slug } }' });
    await publish({ [name]: 'query Own { tenant { name } }' }, application.id);
    expect((await post({ id: name })).data).toEqual({ tenant: { slug: 'demo' } });
    const own = await post({ id: name }, { 'graphql-client-name': application.id });
    expect(Object.keys(own.data.tenant)).toEqual(['name']);
  });

  it('can be published by itself', async () => {
    const application = await anApplication();
    const text = aQuery();
    const input = { applicationId: application.id, manifest: { [sha256(text)]: text } };
    const bearer = { authorization: `Bearer ${application.token}` };
    expect(await guest.get(PUBLISH, { input }, bearer)).toEqual({ added: 1, unchanged: 0 });
    expect((await guest.ask(PUBLISH, { input: { ...input, applicationId: null } }, bearer)).codes).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('cost at most what one of them may, and together what they have per minute', async () => {
    const application = await anApplication();
    const { id } = await published(application.id);
    const claim = { 'graphql-client-name': application.id };
    await limit({ applicationId: application.id, level: 'OPEN', maxCost: 10 });
    expect(outcome(await post({ documentId: id }, claim))).toEqual(DEMO);
    const dear = { query: '{ posts(first: 50) { edges { node { title } } } }' };
    expect((await post(dear, claim)).codes).toEqual(['QUERY_TOO_COSTLY']);
    expect((await post(dear)).codes).toEqual([]);
    await limit({ applicationId: application.id, level: 'OPEN', pointsPerMinute: 100 });
    const statuses: number[] = [];
    const { headers } = await post({ documentId: id }, claim);
    expect(headers.ratelimit).toMatch(/^"operations";.*, "application";r=90;t=6$/);
    for (let n = 0; n < 11; n++) statuses.push((await post({ documentId: id }, claim)).status);
    expect(statuses).toEqual([...Array(9).fill(200), 429, 429]);
    expect((await post({ documentId: id }, claim)).headers['retry-after']).toEqual(expect.any(String));
    expect((await post(dear)).status).toBe(200);
  });
});

describe('one operation', () => {
  const LIMIT_ONE = 'mutation ($input: LimitOperationInput!) { limitOperation(input: $input) { id } }';
  async function limitOne(input: object): Promise<void> {
    await admin.get(LIMIT_ONE, { input });
    await at.world.settle();
  }

  it('is sent as often as each of its senders may', async () => {
    const { id } = await published();
    await limitOne({ id, usesPerMinute: 2 });
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push(await post({ documentId: id }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers.ratelimit).toMatch(/^"operations";r=\d+;t=\d+, "operation";r=1;t=30$/);
    expect(answers[2]?.headers).toMatchObject({ ratelimit: '"operation";r=0;t=60', 'retry-after': '30' });
    const alice = await at.person('alice');
    expect((await post({ documentId: id }, {}, '/graphql', alice)).status).toBe(200);
    await limitOne({ id });
    expect((await post({ documentId: id })).status).toBe(200);
  });

  it('is held to its limits in whatever form it comes, also where anything may be sent', async () => {
    const { id, text } = await published();
    const other = aQuery();
    await limitOne({ id, usesPerMinute: 4 });
    const same = text.replaceAll(' ', '\n').concat('# a comment');
    const extensions = hashed(sha256(same));
    const forms = [{ documentId: id }, { query: text }, { query: same }, { query: same, extensions }];
    for (const body of forms) expect(outcome(await post(body))).toEqual(DEMO);
    for (const body of [...forms, { extensions }]) expect((await post(body)).status).toBe(429);
    expect((await get({ query: text })).status).toBe(429);
    for (let n = 0; n < 5; n++) expect(outcome(await post({ query: other }))).toEqual(DEMO);
    at.down.set('operations', 'away');
    try {
      expect((await post({ query: text })).status).toBe(429);
      expect(outcome(await post({ query: aQuery() }))).toEqual(DEMO);
    } finally {
      at.down.clear();
      at.world.clock.advance(10_000);
    }
    await limitOne({ id });
    for (const body of forms) expect(outcome(await post(body))).toEqual(DEMO);
  });

  it('may cost what is said of it, less or more than what its clients may otherwise spend', async () => {
    const application = await anApplication();
    const claim = { 'graphql-client-name': application.id };
    const text = `query Q${randomUUID().replaceAll('-', '')} { posts(first: 50) { edges { node { title } } } }`;
    await publish({ [sha256(text)]: text }, application.id);
    const costs = async () => (await post({ documentId: sha256(text) }, claim)).codes;
    await limit({ applicationId: application.id, level: 'OPEN', maxCost: 10 });
    expect(await costs()).toEqual(['QUERY_TOO_COSTLY']);
    await limitOne({ applicationId: application.id, id: sha256(text), maxCost: 1_000 });
    expect(await costs()).toEqual([]);
    await limit({ applicationId: application.id, level: 'OPEN' });
    await limitOne({ applicationId: application.id, id: sha256(text), maxCost: 10 });
    expect(await costs()).toEqual(['QUERY_TOO_COSTLY']);
  });
});

describe('automatic persisted queries', () => {
  it('are remembered where any document may be sent, for their tenant', async () => {
    const text = aQuery();
    const extensions = hashed(sha256(text));
    expect(outcome(await post({ extensions }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(outcome(await post({ extensions, query: text }))).toEqual(DEMO);
    expect(outcome(await post({ extensions }))).toEqual(DEMO);
    expect(outcome(await get({ extensions: JSON.stringify(extensions) }))).toEqual(DEMO);
  });

  it('are refused with a hash that is not the text’s, and in versions that nobody knows', async () => {
    const text = aQuery();
    const lie = await post({ extensions: hashed(sha256('other')), query: text });
    expect(outcome(lie)).toEqual([400, 'PERSISTED_QUERY_HASH_MISMATCH']);
    const later = await post({ extensions: hashed(sha256(text), 2) });
    expect([outcome(later), later.errors[0].message]).toEqual([
      [200, 'PERSISTED_QUERY_NOT_SUPPORTED'],
      'PersistedQueryNotSupported',
    ]);
  });

  it('are never remembered for a client that may not send any document', async () => {
    const application = await anApplication();
    const claim = { 'graphql-client-name': application.id };
    const text = aQuery();
    const extensions = hashed(sha256(text));
    for (const level of ['LOG', 'SAFELIST', 'IDS_ONLY']) {
      await limit({ applicationId: application.id, level });
      await post({ extensions, query: text }, claim);
      const codes = (await post({ extensions }, claim)).codes;
      expect(codes).toEqual([level === 'IDS_ONLY' ? 'PERSISTED_QUERY_NOT_IN_LIST' : 'PERSISTED_QUERY_NOT_FOUND']);
    }
    expect(outcome(await post({ extensions }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });
});

describe('what a client may send', () => {
  it('is watched at LOG', async () => {
    const application = await anApplication();
    const claim = { 'graphql-client-name': application.id };
    const { text } = await published(application.id);
    await limit({ applicationId: application.id, level: 'LOG' });
    at.logs.length = 0;
    const seen = () => at.logs.filter((line) => line.includes('an operation that nobody published')).length;
    expect([outcome(await post({ query: text }, claim)), seen()]).toEqual([DEMO, 0]);
    expect([outcome(await post({ query: aQuery() }, claim)), seen()]).toEqual([DEMO, 1]);
  });

  it('is what was published at SAFELIST, by id or by a text that says the same', async () => {
    const application = await anApplication();
    const claim = { 'graphql-client-name': application.id };
    const { id, text } = await published(application.id);
    await limit({ applicationId: application.id, level: 'SAFELIST' });
    const same = text.replaceAll(' ', '\n\t').concat('\n# a comment');
    for (const body of [{ documentId: id }, { query: text }, { query: same }, { query: text, extensions: hashed(id) }])
      expect(outcome(await post(body, claim))).toEqual(DEMO);
    const other = aQuery();
    for (const query of [other, text.replace('slug }', 'slug id }'), '{', '{ nothing }'])
      expect(outcome(await post({ query }, claim))).toEqual([400, 'QUERY_NOT_IN_SAFELIST']);
    expect(outcome(await post({ query: other, extensions: hashed(sha256(other)) }, claim))).toEqual([
      400,
      'QUERY_NOT_IN_SAFELIST',
    ]);
    expect(outcome(await get({ query: other }))).toEqual(DEMO);
  });

  it('is ids alone at IDS_ONLY', async () => {
    const application = await anApplication();
    const bearer = { authorization: `Bearer ${application.token}` };
    const { id, text } = await published(application.id);
    await limit({ applicationId: application.id, level: 'IDS_ONLY' });
    expect(outcome(await post({ documentId: id }, bearer))).toEqual(DEMO);
    expect(outcome(await post({ query: text }, bearer))).toEqual([400, 'PERSISTED_QUERY_ID_REQUIRED']);
    expect(outcome(await post({ documentId: sha256('x') }, bearer))).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST']);
    const other = aQuery();
    const both = { query: other, extensions: hashed(sha256(other)) };
    expect(outcome(await post(both, bearer))).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST']);
  });

  describe('in a tenant that is strict with everybody', () => {
    afterEach(() => limit({ level: 'OPEN' }));

    it('is no more by claiming to be an application that may more', async () => {
      const application = await anApplication();
      await published(application.id);
      await limit({ level: 'IDS_ONLY' });
      const query = aQuery();
      for (const name of ['', application.id, randomUUID()])
        expect(outcome(await post({ query }, { 'graphql-client-name': name }))).toEqual([
          400,
          'PERSISTED_QUERY_ID_REQUIRED',
        ]);
      // Proven by its token, it has its own limits alone.
      expect(outcome(await post({ query }, { authorization: `Bearer ${application.token}` }))).toEqual(DEMO);
    });

    it('is still everything for those who can loosen it, and what the pages of the installation send', async () => {
      await limit({ level: 'IDS_ONLY' });
      for (const query of PAGE_OPERATIONS)
        expect((await post({ query })).codes).not.toContain('PERSISTED_QUERY_ID_REQUIRED');
      expect(outcome(await post({ query: aQuery() }, {}, '/graphql', await at.person('alice')))).toEqual([
        400,
        'PERSISTED_QUERY_ID_REQUIRED',
      ]);
      expect(outcome(await post({ query: aQuery() }, {}, '/graphql', admin))).toEqual(DEMO);
    });

    it('stays what it was while its subgraph is away, also in a gateway that has just started', async () => {
      await limit({ level: 'SAFELIST' });
      expect((await post({ query: aQuery() })).codes).toEqual(['QUERY_NOT_IN_SAFELIST']);
      const { id } = await published();
      expect(outcome(await post({ documentId: id }))).toEqual(DEMO);
      at.down.set('operations', 'away');
      try {
        at.world.clock.advance(10_000);
        expect(outcome(await post({ documentId: id }))).toEqual(DEMO);
        expect(outcome(await post({ query: aQuery() }))).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
        expect(outcome(await post({ documentId: sha256(aQuery()) }))).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
      } finally {
        at.down.clear();
        at.world.clock.advance(10_000);
      }
    });
  });
});
