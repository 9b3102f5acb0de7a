import { createHash } from 'node:crypto';
import { uuidv7 } from '@polity/kernel/ids';
import { serviceViewer } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { aManifest, anApplication, aText, LIST, PUBLISH, RETIRE, sha256, startOperations } from './factories.ts';

interface Page {
  edges: { node: { id: string; body: string; retiredAt: string | null } }[];
}

let test: TestSubgraph;
let admin: Person;
beforeAll(async () => {
  test = await startOperations();
  admin = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

const publish = (manifest: unknown, more: object = {}, viewer = admin) =>
  test.get(viewer, PUBLISH, { input: { manifest, ...more } });
const listed = async (applicationId: string | null = null) =>
  (await test.get<Page>(admin, LIST, { applicationId, first: 100 })).edges.map(({ node }) => node);

/** What a refusal says of each operation. */
async function breachesOf(manifest: unknown) {
  const [error] = (await test.ask(admin, PUBLISH, { input: { manifest } })).errors ?? [];
  const { code, details } = (error?.extensions ?? {}) as {
    code?: string;
    details?: { operations?: { code: string }[] };
  };
  expect(code).toBe('VALIDATION_ERROR');
  return details?.operations?.map((each) => each.code);
}

describe('publishOperations', () => {
  const QUERY =
    'query Feed { posts(first: 3) { edges { node { title ...Author } } } } fragment Author on Post { author { id } }';
  const MUTATION = 'mutation Out { signOut }';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const apollo = (operations: object[]) => ({ format: 'apollo-persisted-query-manifest', version: 1, operations });
  const FORMS: [string, unknown, string][] = [
    ["Apollo's", apollo([{ id: sha256(QUERY), name: 'Feed', type: 'query', body: QUERY }]), sha256(QUERY)],
    ["Relay's map", { [md5(QUERY)]: QUERY }, md5(QUERY)],
    ["Relay's pairs", [[md5(`${QUERY} `), `${QUERY} `]], md5(`${QUERY} `)],
    ['a map of prefixed hashes', { [`sha256:${sha256(`${QUERY}  `)}`]: `${QUERY}  ` }, sha256(`${QUERY}  `)],
    ["Hive's ids", { [`app~1.0.0~${sha256(MUTATION)}`]: MUTATION }, sha256(MUTATION)],
  ];

  it.each(FORMS)('takes %s, and lists what it holds', async (_, manifest, id) => {
    expect(await publish(manifest)).toEqual({
      ...{ application: null, operations: 1, added: 1, restored: 0, unchanged: 0, dryRun: false },
    });
    const [first] = await listed();
    const isMutation = id === sha256(MUTATION);
    expect(first).toMatchObject({
      id,
      name: isMutation ? 'Out' : 'Feed',
      type: isMutation ? 'mutation' : 'query',
      sha256: sha256(first?.body ?? ''),
      uses: 0,
      lastUsedAt: null,
      retiredAt: null,
      publishedAt: expect.any(String),
    });
  });

  it('changes nothing the second time, and tells nobody', async () => {
    const manifest = aManifest(3);
    const events = () =>
      onDatabase<{ n: number }[]>(test.world, 'operations', (ask) =>
        ask("select count(*)::int as n from outbox where type = 'operations.manifest.published'"),
      );
    expect(await publish(manifest)).toMatchObject({ added: 3 });
    const before = await events();
    expect(await publish(manifest)).toMatchObject({ operations: 3, added: 0, unchanged: 3 });
    expect(await publish({ ...manifest, ...aManifest() })).toMatchObject({ added: 1, unchanged: 3 });
    expect((await events())[0]?.n).toBe((before[0]?.n ?? 0) + 1);
  });

  it('adds each operation once where twenty do it at once', async () => {
    const manifest = aManifest(5);
    const all = await Promise.all(Array.from({ length: 20 }, () => publish(manifest)));
    const added = all.map((each) => (each as { added?: number }).added ?? 0);
    expect(added.toSorted((a, b) => b - a)).toEqual([5, ...Array(19).fill(0)]);
  });

  it('only tells what would come of it when tried', async () => {
    const manifest = aManifest(2);
    expect(await publish(manifest, { dryRun: true })).toMatchObject({ added: 2, dryRun: true });
    expect(await publish(manifest)).toMatchObject({ added: 2, dryRun: false });
  });

  it('publishes all or nothing, and says of each operation what is wrong', async () => {
    const good = aText();
    const codes = await breachesOf([
      [sha256(good), good],
      [sha256('a lie'), aText()],
      ['no-field', '{ nothing }'],
      ['no-graphql', '{'],
      ['two', 'query A { tenant { id } } query B { tenant { id } }'],
      ['no-operation', 'fragment F on Post { id }'],
      ['a space in it', aText()],
      ['too-deep', `{ ${'tenant { '.repeat(40)} id ${'}'.repeat(40)} }`],
      ['same', aText()],
      ['same', aText()],
    ]);
    expect(codes).toEqual([
      'HASH_MISMATCH',
      'GRAPHQL_VALIDATION_FAILED',
      'GRAPHQL_PARSE_FAILED',
      'OPERATION_COUNT',
      'GRAPHQL_VALIDATION_FAILED',
      'ID_INVALID',
      'GRAPHQL_VALIDATION_FAILED',
      'ID_TWICE',
    ]);
    expect((await listed()).map(({ id }) => id)).not.toContain(sha256(good));
  });

  it("refuses Apollo's manifest where it contradicts its own texts", async () => {
    const body = 'query Right { tenant { id } }';
    const entry = { id: sha256(body), name: 'Right', type: 'query', body };
    expect(await breachesOf(apollo([{ ...entry, name: 'Wrong' }]))).toEqual(['CONTRADICTION']);
    expect(await breachesOf(apollo([{ ...entry, type: 'mutation' }]))).toEqual(['CONTRADICTION']);
  });

  it.each([
    ['nothing', {}],
    ['a text', 'text'],
    ['null in its place', [null]],
    ['texts that are none', { id: 1 }],
    ['pairs of three', [['a', 'b', 'c']]],
    ['a version to come', { format: 'apollo-persisted-query-manifest', version: 2, operations: [] }],
    ['too many', aManifest(1_001)],
    ['too much', { id: `{ tenant { slug } } #${'x'.repeat(600_000)}` }],
  ])('refuses %s', async (_, manifest) => {
    expect(await breachesOf(manifest)).toBeUndefined();
  });

  it('never gives an id another text, also where it is retired', async () => {
    const [id, text] = [`custom-${uuidv7()}`, aText()];
    await publish({ [id]: text });
    expect(await test.codeOf(admin, PUBLISH, { input: { manifest: { [id]: aText() } } })).toBe('CONFLICT');
    await test.get(admin, RETIRE, { ids: [id] });
    expect(await test.codeOf(admin, PUBLISH, { input: { manifest: { [id]: aText() } } })).toBe('CONFLICT');
    expect(await publish({ [id]: text })).toMatchObject({ restored: 1 });
  });

  it('takes no more than one application may have', async () => {
    const { id } = await anApplication(test, admin);
    await onDatabase(test.world, 'operations', (ask) =>
      ask(`insert into persisted_operation (id, created_at, tenant_id, namespace_id, document_id, type, body, sha256, normal_hash, published_at, uses)
        select gen_random_uuid(), now(), '${test.tenantId}', '${id}', 'n' || n, 'query', '', '', '', now(), 0 from generate_series(1, 19999) n`),
    );
    const code = (size: number) =>
      test.codeOf(admin, PUBLISH, { input: { applicationId: id, manifest: aManifest(size) } });
    expect([await code(2), await code(1), await code(1)]).toEqual(['CONFLICT', null, 'CONFLICT']);
  });
});

describe('who may publish, see and retire', () => {
  it('is, for an application, whoever registered it, itself, and administrators; to others it is missing', async () => {
    const owner = await test.person();
    const { id: applicationId, viewer: itself } = await anApplication(test, owner);
    for (const viewer of [owner, itself, admin]) {
      const manifest = aManifest();
      const [id] = Object.keys(manifest);
      expect(await publish(manifest, { applicationId }, viewer as Person)).toMatchObject({
        application: { id: applicationId },
        added: 1,
      });
      const { edges } = await test.get<Page>(viewer, LIST, { applicationId });
      expect(edges[0]?.node).toMatchObject({ id, application: { id: applicationId } });
      expect(await test.get(viewer, RETIRE, { applicationId, ids: [id] })).toBe(1);
    }
    const other = await anApplication(test, owner);
    for (const viewer of [await test.person(), other.viewer])
      for (const id of [applicationId, uuidv7()]) {
        const input = { applicationId: id, manifest: aManifest() };
        expect(await test.codeOf(viewer, PUBLISH, { input })).toBe('NOT_FOUND');
        expect(await test.codeOf(viewer, LIST, { applicationId: id })).toBe('NOT_FOUND');
        expect(await test.codeOf(viewer, RETIRE, { applicationId: id, ids: [] })).toBe('NOT_FOUND');
      }
  });

  it.each(['PENDING', 'REJECTED', 'DISABLED'])('is not its owner while the application is %s', async (status) => {
    const owner = await test.person();
    const { id: applicationId } = await anApplication(test, owner, status);
    const input = { applicationId, manifest: aManifest() };
    expect(await test.codeOf(owner, PUBLISH, { input })).toBe('FORBIDDEN');
    expect(await test.codeOf(owner, LIST, { applicationId })).toBeNull();
    expect(await test.codeOf(admin, PUBLISH, { input })).toBeNull();
  });

  it('is, for all clients of the tenant, administrators alone', async () => {
    const { viewer: application } = await anApplication(test, admin);
    for (const viewer of [await test.person(), application]) {
      expect(await test.codeOf(viewer, PUBLISH, { input: { manifest: aManifest() } })).toBe('FORBIDDEN');
      expect(await test.codeOf(viewer, LIST)).toBe('FORBIDDEN');
      expect(await test.codeOf(viewer, RETIRE, { ids: [] })).toBe('FORBIDDEN');
    }
  });
});

describe('retireOperations', () => {
  it('counts what it retired, and nothing that is unknown, retired or of others', async () => {
    const manifest = aManifest(3);
    const [first, second, third] = Object.keys(manifest) as [string, string, string];
    await publish(manifest);
    const { id: applicationId } = await anApplication(test, admin);
    expect(await test.get(admin, RETIRE, { applicationId, ids: [first] })).toBe(0);
    expect(await test.get(admin, RETIRE, { ids: [first, `sha256:${second}`, 'unknown', 'not an id'] })).toBe(2);
    expect(await test.get(admin, RETIRE, { ids: [first, second] })).toBe(0);
    const retired = (await listed()).filter(({ id }) => [first, second, third].includes(id));
    expect(retired.map(({ id, retiredAt }) => [id, retiredAt !== null])).toEqual(
      expect.arrayContaining([
        [first, true],
        [second, true],
        [third, false],
      ]),
    );
    expect(await test.codeOf(admin, RETIRE, { ids: Array(1_001).fill(first) })).toBe('VALIDATION_ERROR');
  });
});

it('tells the gateway of every tenant and every operation that may be used, newest first', async () => {
  type Told = { key: string; id: string }[];
  const FIELD = 'query ($before: ID) { _publishedOperations(before: $before) }';
  const manifest = aManifest(30);
  await publish(manifest);
  const [retired = '', ...others] = Object.keys(manifest);
  await test.get(admin, RETIRE, { ids: [retired] });
  expect(await test.get(serviceViewer('gateway'), '{ _publishingTenants }')).toContain(test.tenantId);
  const seen: Told = [];
  for (let before: string | null | undefined = null; before !== undefined; ) {
    const told: Told = await test.get(serviceViewer('gateway'), FIELD, { before });
    seen.push(...told);
    before = told.at(-1)?.key;
  }
  const ids = seen.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(others));
  expect(ids).not.toContain(retired);
  const keys = seen.map(({ key }) => key);
  expect(keys).toEqual(keys.toSorted().reverse());
});
