import { anonymous, asService, startTown, type Town } from './factories.ts';

describe('what access lets others ask', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown();
  });
  afterAll(() => town.world.close());

  it('anonymous viewers may ask what they may do, and nothing else', async () => {
    const { world, communityId } = town;
    const ask = async (query: string) => (await world.ask('access', anonymous, query)).errors?.[0]?.extensions?.code;
    expect(
      await ask(
        `{ can(permission: "shop.order.place", scope: { type: COMMUNITY, id: "${communityId}" }) { allowed reason } }`,
      ),
    ).toBeUndefined();
    for (const query of [
      '{ permissions { code } }',
      '{ roles { edges { cursor } } }',
      '{ roleBindings { edges { cursor } } }',
    ]) {
      expect(await ask(query)).toBe('UNAUTHENTICATED');
    }
  });

  it('a service reads rows, tree and catalogue', async () => {
    const query = 'query($id: ID!) { _accessRows(subjectId: $id) _scopeTree _catalogue }';
    const { data, errors } = await town.world.ask('access', asService, query, { id: town.owner.id });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      _accessRows: { tenantId: town.tenantId, subjectId: town.owner.id, stamp: expect.stringMatching(/^1\./) },
      _scopeTree: { tenant: town.tenantId, communities: [[town.communityId, town.teamId]] },
      _catalogue: { version: expect.any(Number) },
    });
  });
});
