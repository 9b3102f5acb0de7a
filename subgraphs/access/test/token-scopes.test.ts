import { type AccessFixture, can, give, startFixture } from './factories.ts';

// The gateway refuses what a token does not reach, so `can` must not promise it.
describe('what is said to somebody who came with an access token', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
    await give(fixture.world, fixture.bob.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
  });
  afterAll(() => fixture.world.close());

  const asked = async (scopes: string[] | null) => {
    const { allowed, reason } = await can(
      fixture.world,
      { ...fixture.bob, scopes },
      'shop.order.place',
      'COMMUNITY',
      fixture.communityId,
    );
    return [allowed, reason];
  };

  it.each([
    ['a session', null],
    ['the permission itself', ['shop.order.place']],
    ['its subgraph', ['shop.write']],
    ['the whole graph', ['openid', 'graph.write']],
  ])('is what they hold, with a token for %s', async (_what, scopes) => {
    expect(await asked(scopes)).toEqual([true, 'ROLE']);
  });

  it.each([
    ['nothing of the graph', ['openid']],
    ['another permission', ['shop.order.cancel']],
    ['another subgraph', ['portal.write']],
  ])('is OUT_OF_SCOPE, with a token for %s', async (_what, scopes) => {
    expect(await asked(scopes)).toEqual([false, 'OUT_OF_SCOPE']);
  });

  it('is the denial itself where they hold nothing, whatever the token reaches', async () => {
    const { world, bob, communityId } = fixture;
    const { reason } = await can(world, { ...bob, scopes: ['openid'] }, 'shop.order.cancel', 'COMMUNITY', communityId);
    expect(reason).toBe('NO_GRANT');
  });
});
