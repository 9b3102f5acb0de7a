import { type AccessFixture, anonymous, asService, startFixture } from './factories.ts';

describe('what access lets others ask', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  it('anonymous viewers may ask what they may do, and nothing else', async () => {
    const { world, communityId } = fixture;
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
    const { data, errors } = await fixture.world.ask('access', asService, query, { id: fixture.owner.id });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      _accessRows: { tenantId: fixture.tenantId, subjectId: fixture.owner.id, stamp: expect.stringMatching(/^1\./) },
      _scopeTree: { tenant: fixture.tenantId, communities: [[fixture.communityId, fixture.teamId]] },
      _catalogue: { version: expect.any(Number) },
    });
  });
});
