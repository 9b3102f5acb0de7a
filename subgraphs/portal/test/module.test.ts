import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aTeam } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

interface Entry {
  key: string;
  enabled: boolean;
}

const NAVIGATION =
  'query ($scope: ScopeInput, $all: Boolean) { navigation(scope: $scope, includeDisabled: $all) { key title path enabled } }';
const SET =
  'mutation ($scope: ScopeInput!, $key: String!, $enabled: Boolean!) { setModule(scope: $scope, key: $key, enabled: $enabled) { key enabled } }';

async function keys(viewer: Viewer, scope?: object, all = false): Promise<string[] | null> {
  const entries = await portal.get<Entry[] | null>(viewer, NAVIGATION, { scope, all });
  return entries?.map(({ key, enabled }) => (enabled ? key : `-${key}`)) ?? null;
}

async function scene(visibility = 'COMMUNITY') {
  const owner = await portal.person();
  const community = await aCommunity(portal, owner, { visibility });
  const team = await aTeam(portal, community, owner);
  const member = await aMember(portal, community, owner);
  return { owner, member, community: { type: 'COMMUNITY', id: community.id }, team: { type: 'TEAM', id: team.id } };
}

describe('navigation', () => {
  it('lists what the viewer may open, by the kind of scope', async () => {
    const { owner, member, community, team } = await scene();
    expect(await keys(anonymous)).toEqual(['home', 'communities', 'posts', 'members']);
    expect(await keys(await portal.person('tenant.owner'))).toEqual([
      'home',
      'communities',
      'posts',
      'members',
      'settings',
    ]);
    expect(await keys(member, community)).toEqual(['home', 'posts', 'teams', 'members']);
    expect(await keys(owner, team)).toEqual(['home', 'posts', 'members', 'settings']);
  });

  it('is null for hidden, missing and foreign scopes alike', async () => {
    const { community, team } = await scene();
    const stranger = await portal.person();
    const elsewhere = { type: 'TENANT', id: await portal.tenant() };
    for (const scope of [community, team, elsewhere, { type: 'TEAM', id: uuidv7() }, { type: 'COMMUNITY', id: 'x' }]) {
      expect(await keys(stranger, scope)).toBeNull();
    }
  });
});

describe('setModule', () => {
  it('hides an entry from everyone, and shows it as disabled to those who manage', async () => {
    const { owner, member, community } = await scene();
    const entries = await portal.get<Entry[]>(owner, SET, { scope: community, key: 'teams', enabled: false });
    expect(entries).toContainEqual({ key: 'teams', enabled: false });
    expect(await keys(member, community, true)).toEqual(['home', 'posts', 'members']);
    expect(await keys(owner, community)).toEqual(['home', 'posts', 'members', 'settings']);
    expect(await keys(owner, community, true)).toEqual(['home', 'posts', '-teams', 'members', 'settings']);
    await portal.get(owner, SET, { scope: community, key: 'teams', enabled: true });
    expect(await keys(member, community)).toEqual(['home', 'posts', 'teams', 'members']);
  });

  it('refuses unknown and fixed entries, members, strangers and anonymous viewers', async () => {
    const { owner, member, community } = await scene();
    const set = (viewer: Viewer, key = 'teams') =>
      portal.codeOf(viewer, SET, { scope: community, key, enabled: false });
    expect(await set(owner, 'casino')).toBe('VALIDATION_ERROR');
    expect(await set(owner, 'communities')).toBe('VALIDATION_ERROR');
    expect(await set(owner, 'home')).toBe('VALIDATION_ERROR');
    expect(await set(member)).toBe('FORBIDDEN');
    expect(await set(await portal.person())).toBe('NOT_FOUND');
    expect(await set(anonymous)).toBe('UNAUTHENTICATED');
  });

  it('keeps one setting of twenty at once', async () => {
    const { owner, member, community } = await scene();
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => portal.codeOf(owner, SET, { scope: community, key: 'posts', enabled: false })),
    );
    expect(codes.every((each) => each === null)).toBe(true);
    expect(await keys(member, community)).toEqual(['home', 'teams', 'members']);
  });
});
