import { uuidv7 } from '@polity/kernel/ids';
import { serviceViewer, type Viewer } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aManifest, anApplication, aText, LIST, PUBLISH, RETIRE, sha256, startOperations } from './factories.ts';

const SET =
  'mutation ($input: OperationLimitsInput!) { setOperationLimits(input: $input) { application { id } level pointsPerMinute maxCost updatedAt } }';
const LIMITS = 'query ($id: ID) { operationLimits(applicationId: $id) { level pointsPerMinute maxCost updatedAt } }';
const NAMESPACES = '{ _operationNamespaces }';
const FIND =
  'query ($applicationId: ID, $id: String, $hash: String) { _persistedOperation(applicationId: $applicationId, id: $id, normalHash: $hash) }';
const NOTE = 'mutation ($uses: JSON!) { _noteUses(uses: $uses) }';
const gateway = serviceViewer('gateway');

let test: TestSubgraph;
let admin: Person;
beforeAll(async () => {
  test = await startOperations();
  admin = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

interface Found {
  key: string;
  id: string;
  applicationId: string | null;
  body: string;
}
const find = (by: object) => test.get<Found | null>(gateway, FIND, by as Record<string, unknown>);

describe('limits', () => {
  it('are none until an administrator sets them, and its owner sees those of an application', async () => {
    const owner = await test.person();
    const { id } = await anApplication(test, owner);
    const none = { level: 'OPEN', pointsPerMinute: null, maxCost: null, updatedAt: null };
    expect(await test.get(owner, LIMITS, { id })).toEqual(none);
    const limits = { level: 'IDS_ONLY', pointsPerMinute: 1_000, maxCost: 50 };
    expect(await test.get(admin, SET, { input: { applicationId: id, ...limits } })).toEqual({
      ...limits,
      application: { id },
      updatedAt: expect.any(String),
    });
    expect(await test.get(owner, LIMITS, { id })).toMatchObject(limits);
    expect(await test.get(admin, LIMITS)).toEqual(none);
    await test.get(admin, SET, { input: { applicationId: id, level: 'LOG' } });
    expect(await test.get(owner, LIMITS, { id })).toMatchObject({ level: 'LOG', pointsPerMinute: null, maxCost: null });
  });

  it('are set by administrators alone, within bounds, for applications that are there', async () => {
    const owner = await test.person();
    const { id, viewer } = await anApplication(test, owner);
    const setBy = (who: Viewer) => test.codeOf(who, SET, { input: { applicationId: id, level: 'OPEN' } });
    expect([await setBy(owner), await setBy(viewer)]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await setBy(await test.person())).toBe('NOT_FOUND');
    const codeOf = (input: object) => test.codeOf(admin, SET, { input: { level: 'OPEN', ...input } });
    expect(await codeOf({ applicationId: uuidv7() })).toBe('NOT_FOUND');
    expect(await codeOf({ pointsPerMinute: 99 })).toBe('VALIDATION_ERROR');
    expect(await codeOf({ maxCost: 9 })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(await test.person(), LIMITS)).toBe('FORBIDDEN');
  });
});

describe('what the gateway is told', () => {
  it("is an application's own operation before that of the tenant, by id and by text, and none that is retired", async () => {
    const { id: applicationId } = await anApplication(test, admin);
    const other = await anApplication(test, admin);
    const [mine, everybodys] = [aText(), aText()];
    await test.get(admin, PUBLISH, { input: { manifest: { shared: everybodys, common: aText() } } });
    await test.get(admin, PUBLISH, { input: { applicationId, manifest: { shared: mine } } });
    expect(await find({ applicationId, id: 'shared' })).toMatchObject({ applicationId, body: mine, type: 'query' });
    expect(await find({ id: 'shared' })).toMatchObject({ applicationId: null, body: everybodys });
    expect(await find({ applicationId: other.id, id: 'shared' })).toMatchObject({ applicationId: null });
    expect(await find({ applicationId, id: 'common' })).toMatchObject({ applicationId: null });
    await test.get(admin, RETIRE, { applicationId, ids: ['shared'] });
    expect(await find({ applicationId, id: 'shared' })).toMatchObject({ applicationId: null });
    expect([await find({ id: 'none' }), await find({})]).toEqual([null, null]);
  });

  it('moves on with everything that changes, and only then', async () => {
    const { id: applicationId } = await anApplication(test, admin);
    const revision = async () => {
      const all = await test.get<{ applicationId: string; revision: number }[]>(gateway, NAMESPACES);
      return all.find((each) => each.applicationId === applicationId)?.revision ?? 0;
    };
    const manifest = aManifest();
    const input = { applicationId, manifest };
    const acts: [moves: boolean, act: () => Promise<unknown>][] = [
      [true, () => test.get(admin, PUBLISH, { input })],
      [false, () => test.get(admin, PUBLISH, { input })],
      [false, () => test.get(admin, PUBLISH, { input: { ...input, manifest: aManifest(), dryRun: true } })],
      [true, () => test.get(admin, RETIRE, { applicationId, ids: Object.keys(manifest) })],
      [false, () => test.get(admin, RETIRE, { applicationId, ids: Object.keys(manifest) })],
      [true, () => test.get(admin, PUBLISH, { input })],
      [true, () => test.get(admin, SET, { input: { applicationId, level: 'LOG' } })],
    ];
    for (const [moves, act] of acts) {
      const before = await revision();
      await act();
      expect((await revision()) > before).toBe(moves);
    }
  });

  it('adds up what was used, of its own tenant only', async () => {
    const text = aText();
    await test.get(admin, PUBLISH, { input: { manifest: { [sha256(text)]: text } } });
    const { key } = (await find({ id: sha256(text) })) as Found;
    const note = (uses: number, lastUsedAt: string, tenantId = test.tenantId) =>
      test.get(gateway, NOTE, { uses: [{ key, uses, lastUsedAt }] }, { tenantId });
    expect(await note(3, '2026-01-02T00:00:00.000Z')).toBe(1);
    expect(await note(2_147_483_647, '2026-01-01T00:00:00.000Z')).toBe(1);
    expect(await note(1, '2030-01-01T00:00:00.000Z', await test.tenant())).toBe(0);
    const { edges } = await test.get<{ edges: { node: object }[] }>(admin, LIST, { first: 1 });
    expect(edges[0]?.node).toMatchObject({ uses: 2_147_483_647, lastUsedAt: '2026-01-02T00:00:00.000Z' });
    expect(await test.codeOf(gateway, NOTE, { uses: [{ key, uses: 1.5 }] })).toBe('VALIDATION_ERROR');
  });
});

describe('limits of one operation', () => {
  const LIMIT = `mutation ($input: LimitOperationInput!) { limitOperation(input: $input) { id usesPerMinute maxCost } }`;
  const published = async (applicationId: string | null = null) => {
    const text = aText();
    await test.get(admin, PUBLISH, { input: { applicationId, manifest: { [sha256(text)]: text } } });
    return sha256(text);
  };
  const limit = (input: object, by: Viewer = admin) => test.codeOf(by, LIMIT, { input });

  it('are set and taken away by administrators, and told to the gateway', async () => {
    const id = await published();
    const limits = { usesPerMinute: 3, maxCost: 50 };
    expect(await test.get(admin, LIMIT, { input: { id, ...limits } })).toEqual({ id, ...limits });
    expect(await find({ id })).toMatchObject(limits);
    const none = { usesPerMinute: null, maxCost: null };
    expect(await test.get(admin, LIMIT, { input: { id } })).toEqual({ id, ...none });
    expect(await find({ id })).toMatchObject(none);
  });

  it('move its namespace on, so that gateways ask again', async () => {
    const id = await published();
    const revision = async () => {
      const all = await test.get<{ applicationId: string | null; revision: number }[]>(gateway, NAMESPACES);
      return all.find(({ applicationId }) => applicationId === null)?.revision ?? 0;
    };
    const before = await revision();
    await test.get(admin, LIMIT, { input: { id, usesPerMinute: 1 } });
    expect(await revision()).toBe(before + 1);
  });

  it('are nobody else’s to set, and only of what is published', async () => {
    const owner = await test.person();
    const { id: applicationId } = await anApplication(test, owner);
    const id = await published(applicationId);
    expect(await limit({ applicationId, id, usesPerMinute: 1 }, owner)).toBe('FORBIDDEN');
    expect(await limit({ applicationId, id, usesPerMinute: 1 }, await test.person())).toBe('NOT_FOUND');
    expect(await limit({ id, usesPerMinute: 1 })).toBe('NOT_FOUND');
    expect(await limit({ applicationId, id: 'unknown' })).toBe('NOT_FOUND');
    await test.get(admin, RETIRE, { applicationId, ids: [id] });
    expect(await limit({ applicationId, id })).toBe('NOT_FOUND');
    expect(await limit({ id, usesPerMinute: 0 })).toBe('VALIDATION_ERROR');
    expect(await limit({ id, maxCost: 9 })).toBe('VALIDATION_ERROR');
  });
});
