import { findPlace, getPlace, mustLive, placeIn } from '@polity/kernel/access/place';
import type { ScopeType } from '@polity/kernel/access/tree';
import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { serviceViewer } from '@polity/kernel/testing/harness';
import { aCommunity, aMember, aTeam, type Node } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

const codes = { read: 'portal.post.read', manage: 'portal.community.update' };

describe('a place, as other subgraphs find it without the portal', () => {
  let portal: Portal;
  let owner: Viewer;
  let member: Viewer;
  let stranger: Viewer;
  let hidden: Node;
  let open: Node;
  let team: Node;

  beforeAll(async () => {
    portal = await startPortal();
    owner = await portal.person('tenant.owner');
    stranger = await portal.person();
    hidden = await aCommunity(portal, owner, { visibility: 'COMMUNITY' });
    open = await aCommunity(portal, owner, { visibility: 'PUBLIC' });
    member = await aMember(portal, hidden, owner);
    team = await aTeam(portal, hidden, owner);
    await portal.world.settle();
  });
  afterAll(() => portal.world.close());

  function accessOf(viewer: Viewer, tenantId = portal.tenantId) {
    const request = { requestId: uuidv7(), tenantId, viewer, stamp: null, deadline: Date.now() + 10_000 };
    return portal.world.access.forRequest({ ...request, onBehalfOf: null, address: null, device: null }, {});
  }
  const find = (viewer: Viewer, type: ScopeType, id: string, tenantId?: string) =>
    findPlace(accessOf(viewer, tenantId), { type, id }, codes);
  const tell = (i: object) =>
    portal.world
      .services(portal.tenantId)
      .call('access', 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }', { i });
  const archive = (id: string) => portal.get(owner, 'mutation($id: ID!) { archiveCommunity(id: $id) { id } }', { id });
  const show = (id: string, visibility: string) =>
    portal.get(owner, 'mutation($id: ID!, $i: UpdateCommunityInput!) { updateCommunity(id: $id, input: $i) { id } }', {
      id,
      i: { visibility },
    });

  it('has a tenant, a community and a team, and says whether the viewer belongs there', async () => {
    const at = { tenantId: portal.tenantId, isArchived: false };
    expect(await find(member, 'TENANT', portal.tenantId)).toMatchObject({ ...at, communityId: null, teamId: null });
    const place = { ...at, communityId: hidden.id, teamId: null, isMember: true };
    expect(await find(member, 'COMMUNITY', hidden.id)).toMatchObject(place);
    expect(await find(member, 'TEAM', team.id)).toMatchObject({ ...place, teamId: team.id, isMember: false });
  });

  it('is the same for what is hidden, missing, of another tenant or of another type', async () => {
    const elsewhere = await portal.tenant();
    expect(await find(stranger, 'COMMUNITY', hidden.id)).toBeNull();
    expect(await find(stranger, 'TEAM', team.id)).toBeNull();
    expect(await find(anonymous, 'COMMUNITY', hidden.id)).toBeNull();
    expect(await find(serviceViewer('events'), 'COMMUNITY', hidden.id)).toBeNull();
    expect(await find(member, 'COMMUNITY', uuidv7())).toBeNull();
    expect(await find(member, 'TEAM', hidden.id)).toBeNull();
    expect(await find(member, 'COMMUNITY', hidden.id, elsewhere)).toBeNull();
    expect(await find(member, 'TENANT', elsewhere)).toBeNull();
    await expect(getPlace(accessOf(stranger), { type: 'TEAM', id: team.id }, codes)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is seen by everybody where the community is open, and by those who manage there', async () => {
    for (const viewer of [stranger, anonymous, serviceViewer('events')])
      expect(await find(viewer, 'COMMUNITY', open.id)).toMatchObject({ isMember: false });
    const admin = await portal.person('tenant.owner');
    expect(await find(admin, 'COMMUNITY', hidden.id)).toMatchObject({ isMember: false });
    const service = accessOf(serviceViewer('events'));
    expect(placeIn(await service.tree(), { type: 'TEAM', id: team.id })).toMatchObject({ communityId: hidden.id });
  });

  it('is hidden for every later reader once that is acknowledged, and open again soon after the portal says so', async () => {
    const community = await aCommunity(portal, owner, { visibility: 'PUBLIC' });
    expect(await find(anonymous, 'COMMUNITY', community.id)).not.toBeNull();
    await portal.world.withoutEvents(() => show(community.id, 'PRIVATE'));
    expect(await find(anonymous, 'COMMUNITY', community.id)).toBeNull();
    expect(await find(stranger, 'COMMUNITY', community.id)).toBeNull();
    await show(community.id, 'PUBLIC');
    await portal.world.runJobs();
    expect(await find(anonymous, 'COMMUNITY', community.id)).not.toBeNull();
  });

  it('is archived with its teams for every later reader once that is acknowledged', async () => {
    const community = await aCommunity(portal, owner, { visibility: 'PUBLIC' });
    const below = await aTeam(portal, community, owner);
    const before = await getPlace(accessOf(anonymous), { type: 'TEAM', id: below.id }, codes);
    expect(() => mustLive(before)).not.toThrow();
    await portal.world.withoutEvents(() => archive(community.id));
    for (const [type, id] of [
      ['COMMUNITY', community.id],
      ['TEAM', below.id],
    ] as const) {
      const place = await getPlace(accessOf(anonymous), { type, id }, codes);
      expect(place.isArchived).toBe(true);
      expect(() => mustLive(place)).toThrow('archived');
    }
  });

  it('is live again where whoever archived it was cut off before it was committed', async () => {
    const community = await aCommunity(portal, owner, { visibility: 'PUBLIC' });
    await tell({ type: 'COMMUNITY', id: community.id, archived: true, open: false });
    expect(await find(anonymous, 'COMMUNITY', community.id)).toBeNull();
    await portal.world.settle();
    expect(await find(anonymous, 'COMMUNITY', community.id)).toMatchObject({ isArchived: false });
  });

  it('is hidden as long as access was not told what it is, and known from a job where the verb could not tell', async () => {
    const community = await aCommunity(portal, owner, { visibility: 'PUBLIC' });
    const unknown = uuidv7();
    await portal.world.withoutEvents(async () => {
      await tell({ type: 'COMMUNITY', id: unknown });
      await tell({ type: 'COMMUNITY', id: community.id, open: false });
      for (const id of [unknown, community.id]) expect(await find(anonymous, 'COMMUNITY', id)).toBeNull();
      await portal.world.runJobs();
    });
    expect(await find(anonymous, 'COMMUNITY', community.id)).not.toBeNull();
  });

  it('takes with it what lay there when it is removed', async () => {
    const gone = await aTeam(portal, hidden, owner);
    const rows = () =>
      portal.world
        .subgraph('portal')
        .runtime.em(portal.tenantId)
        .execute('select scope_id from module_setting where scope_id in (?, ?) order by 1', [gone.id, team.id]);
    for (const { id } of [gone, team])
      await portal.world
        .subgraph('portal')
        .runtime.em(portal.tenantId)
        .execute(
          `insert into module_setting (id, created_at, tenant_id, scope_type, scope_id, key, enabled)
           values (?, now(), ?, 'TEAM', ?, 'posts', false)`,
          [uuidv7(), portal.tenantId, id],
        );
    await portal.get(owner, 'mutation($id: ID!) { deleteTeam(id: $id) { id } }', { id: gone.id });
    await portal.world.settle();
    await portal.world.runJobs();
    expect(await rows()).toEqual([{ scope_id: team.id }]);
  });
});
