import { uuidv7 } from '@polity/kernel/ids';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { uploaded } from '@polity/kernel/testing/uploads';
import { aManifest, anApplication, aText, LIST, PUBLISH, sha256, startOperations, unapprove } from './factories.ts';

const RUN = `id application { id } status done total problem refused { operationId code message } finishedAt
  result { application { id } operations added restored unchanged dryRun }`;
const START = `mutation ($input: PublishUploadedOperationsInput!) { publishUploadedOperations(input: $input) { ${RUN} } }`;
const OF = `query ($id: ID!) { publication(id: $id) { ${RUN} } }`;

interface Run {
  id: string;
  status: string;
  done: number;
  total: number | null;
  problem: string | null;
  refused: { operationId: string; code: string }[];
  result: { added: number; unchanged: number } | null;
  finishedAt: string | null;
}

let test: TestSubgraph;
let admin: Person;
beforeAll(async () => {
  test = await startOperations();
  admin = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

const send = (person: Person, manifest: unknown) =>
  uploaded(
    test.world,
    person.id,
    'MANIFEST',
    Buffer.from(typeof manifest === 'string' ? manifest : JSON.stringify(manifest)),
  );
const started = async (manifest: unknown, more: object = {}, person = admin) =>
  test.get<Run>(person, START, { input: { upload: await send(person, manifest), ...more } });
const runOf = (id: string, person = admin) => test.get<Run | null>(person, OF, { id });

/** What became of a manifest once its job is done. */
async function published(manifest: unknown, more: object = {}, person = admin): Promise<Run> {
  const { id } = await started(manifest, more, person);
  await test.world.runJobs();
  return (await runOf(id, person)) as Run;
}

const count = async (applicationId: string | null = null) =>
  (await test.get<{ edges: object[] }>(admin, LIST, { applicationId, first: 100 })).edges.length;

describe('a manifest that was uploaded', () => {
  it('is published by a job, which says how far it is and what came of it', async () => {
    const { id: applicationId } = await anApplication(test, admin);
    const manifest = aManifest(30);
    const waiting = await started(manifest, { applicationId });
    expect(waiting).toMatchObject({ status: 'WAITING', done: 0, total: null, result: null, finishedAt: null });
    expect(await count(applicationId)).toBe(0);
    await test.world.runJobs();
    const counts = { operations: 30, added: 30, restored: 0, unchanged: 0, dryRun: false };
    expect(await runOf(waiting.id)).toEqual({
      ...{ id: waiting.id, application: { id: applicationId }, status: 'DONE', done: 30, total: 30 },
      ...{ problem: null, refused: [], finishedAt: expect.any(String) },
      result: { application: { id: applicationId }, ...counts },
    });
    expect(await count(applicationId)).toBe(30);
    expect(await published(manifest, { applicationId })).toMatchObject({ result: { added: 0, unchanged: 30 } });
  });

  it('may be larger than what is published at once', async () => {
    const { id: applicationId } = await anApplication(test, admin);
    const manifest = aManifest(2_500);
    expect(await test.codeOf(admin, PUBLISH, { input: { applicationId, manifest } })).toBe('VALIDATION_ERROR');
    expect(await published(manifest, { applicationId, dryRun: true })).toMatchObject({ result: { added: 2_500 } });
    expect(await count(applicationId)).toBe(0);
    expect(await published(manifest, { applicationId })).toMatchObject({ done: 2_500, result: { added: 2_500 } });
  }, 60_000);

  it('is published whole or not at all, and says what cannot be', async () => {
    const { id: applicationId } = await anApplication(test, admin);
    const lie = { [sha256('other')]: aText() };
    const broken = { broken: '{ nothing }', ...lie, ...aManifest(3) };
    const { refused, ...run } = await published(broken, { applicationId });
    expect(run).toMatchObject({
      status: 'FAILED',
      result: null,
      problem: expect.stringContaining('cannot be published'),
    });
    expect(refused.map(({ operationId, code }) => [operationId, code])).toEqual([
      ['broken', 'GRAPHQL_VALIDATION_FAILED'],
      [sha256('other'), 'HASH_MISMATCH'],
    ]);
    await published({ taken: aText() }, { applicationId });
    const taken = await published({ taken: aText(), ...aManifest(1) }, { applicationId });
    expect(taken).toMatchObject({ status: 'FAILED', problem: expect.stringContaining('one text for good') });
    expect(await count(applicationId)).toBe(1);
  });

  it.each([
    ['no JSON', '{"a":', 'must be JSON'],
    ['no manifest', '[1, 2]', 'must be a manifest'],
    ['empty', '{}', 'must have 1 to 20000 operations'],
    [
      'too many',
      JSON.stringify(Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [n, '']))),
      'must have 1 to',
    ],
  ])('that is %s fails, and says why', async (_what, content, problem) => {
    const run = await published(content);
    expect(run).toMatchObject({ status: 'FAILED', result: null, problem: expect.stringContaining(problem) });
  });

  it('is seen by its sender only, and its token is good once', async () => {
    const other = await test.person('tenant.owner');
    const upload = await send(admin, aManifest());
    const input = { upload };
    const codes = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(admin, START, { input })));
    expect(codes.filter((code) => code !== 'TOKEN_INVALID')).toHaveLength(1);
    const { id } = await started(aManifest());
    expect(await runOf(id, other)).toBeNull();
    expect([await runOf('x'), await runOf(uuidv7())]).toEqual([null, null]);
    expect(await test.codeOf(other, START, { input: { upload: await send(admin, aManifest()) } })).toBe(
      'TOKEN_INVALID',
    );
    expect(await test.codeOf(admin, START, { input: { upload: 'x' } })).toBe('TOKEN_INVALID');
    await test.world.runJobs();
  });

  it('needs what publishing needs, also by the time the job comes to it', async () => {
    const owner = await test.person();
    const { id: applicationId } = await anApplication(test, owner);
    const refused = { upload: 'x' };
    expect(await test.codeOf(owner, START, { input: refused })).toBe('FORBIDDEN');
    const stranger = await test.person();
    expect(await test.codeOf(stranger, START, { input: { ...refused, applicationId } })).toBe('NOT_FOUND');
    expect(await published(aManifest(), { applicationId }, owner)).toMatchObject({ status: 'DONE' });
    const { id: pending } = await anApplication(test, owner, 'PENDING');
    expect(await test.codeOf(owner, START, { input: { ...refused, applicationId: pending } })).toBe('FORBIDDEN');
    const { id } = await started(aManifest(), { applicationId }, owner);
    await unapprove(test, applicationId);
    await test.world.runJobs();
    expect(await runOf(id, owner)).toMatchObject({ status: 'FAILED', problem: 'The application is not approved.' });
    expect(await count(applicationId)).toBe(1);
  });

  it('leaves nothing twice where its job runs again', async () => {
    const { id } = await started(aManifest(3));
    await test.world.runJobs();
    await test.world.runJobs();
    expect(await runOf(id)).toMatchObject({ status: 'DONE', result: { added: 3 } });
  });
});
