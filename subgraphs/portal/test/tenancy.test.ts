import { withClient } from '@polity/kernel/db/provision';
import type { Viewer } from '@polity/kernel/request/context';
import { testAdminUrl } from '@polity/kernel/testing/postgres';
import { aCommunity, aMember, aPost, aTeam, type Node } from './factories.ts';
import { code, type Portal, startPortal } from './harness.ts';

/** What the kernel keeps of events and jobs is no tenant's to read: no operation reaches it. */
const kernelTables = ['dead_letter', 'inbox', 'job', 'outbox'];
const ofTenants = `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
  where relkind = 'r' and attname = 'tenant_id' and relnamespace = 'public'::regnamespace order by 1`;

interface Scene {
  portal: Portal;
  there: string;
  foreigner: Viewer;
  member: Viewer;
  community: Node;
  team: Node;
  post: Node;
}

/** Takes row level security off all tables of this world's portal. */
async function tearDownTheDatabaseWall(portal: Portal): Promise<void> {
  const url = new URL(testAdminUrl());
  url.pathname = `/${portal.world.subgraph('portal').orm?.config.get('dbName')}`;
  await withClient(url.href, async (admin) => {
    const { rows } = await admin.query<{ name: string }>('select relname as name from pg_class where relrowsecurity');
    const { rows: expected } = await admin.query<{ name: string }>(ofTenants);
    const tables = expected.map(({ name }) => name).filter((name) => !kernelTables.includes(name));
    expect(tables).toContain('community');
    expect(rows.map(({ name }) => name).sort()).toEqual(tables);
    for (const { name } of rows) await admin.query(`alter table ${name} disable row level security`);
  });
}

async function scene({ queries, database }: { queries: boolean; database: boolean }): Promise<Scene> {
  const portal = await startPortal({ walls: { queries } });
  if (!database) await tearDownTheDatabaseWall(portal);
  const owner = await portal.person();
  const community = await aCommunity(portal, owner);
  const team = await aTeam(portal, community, owner);
  const member = await aMember(portal, community, owner);
  const post = await aPost(portal, owner, { type: 'COMMUNITY', id: community.id }, { visibility: 'PUBLIC' });
  const there = await portal.tenant();
  return { portal, there, community, team, post, member, foreigner: await portal.person('tenant.owner', there) };
}

/** Every field that takes an id, about something PUBLIC of another tenant. */
const reads = [
  'query ($community: ID!) { found: community(id: $community) { id } }',
  'query ($team: ID!) { found: team(id: $team) { id } }',
  'query ($post: ID!) { found: post(id: $post) { id } }',
  'query ($community: ID!) { found: navigation(scope: { type: COMMUNITY, id: $community }) { key } }',
  'query ($tenant: ID!) { found: navigation(scope: { type: TENANT, id: $tenant }) { key } }',
];
const lists = [
  '{ found: communities { edges { cursor } } }',
  '{ found: posts { edges { cursor } } }',
  'query ($community: ID!) { found: posts(scope: { type: COMMUNITY, id: $community }) { edges { cursor } } }',
  'query ($team: ID!) { found: posts(scope: { type: TEAM, id: $team }) { edges { cursor } } }',
  'query ($tenant: ID!) { found: posts(scope: { type: TENANT, id: $tenant }) { edges { cursor } } }',
];
const writes = [
  'mutation ($community: ID!) { updateCommunity(id: $community, input: { name: "Mine" }) { id } }',
  'mutation ($community: ID!) { archiveCommunity(id: $community) { id } }',
  'mutation ($community: ID!) { joinCommunity(id: $community) { id } }',
  'mutation ($community: ID!) { leaveCommunity(id: $community) { id } }',
  'mutation ($community: ID!, $user: ID!) { inviteToCommunity(communityId: $community, userId: $user) { id } }',
  'mutation ($community: ID!, $user: ID!) { approveMembership(communityId: $community, userId: $user) { id } }',
  'mutation ($community: ID!, $user: ID!) { removeFromCommunity(communityId: $community, userId: $user, ban: true) { id } }',
  'mutation ($community: ID!, $user: ID!) { setCommunityRole(communityId: $community, userId: $user, roleKey: "portal.owner") { id } }',
  'mutation ($community: ID!) { createTeam(input: { communityId: $community, slug: "mine", name: "Mine" }) { id } }',
  'mutation ($team: ID!) { updateTeam(id: $team, input: { name: "Mine" }) { id } }',
  'mutation ($team: ID!) { deleteTeam(id: $team) { id } }',
  'mutation ($team: ID!, $user: ID!) { addToTeam(teamId: $team, userId: $user) { id } }',
  'mutation ($team: ID!, $user: ID!) { removeFromTeam(teamId: $team, userId: $user) { id } }',
  'mutation ($community: ID!) { createPost(input: { scope: { type: COMMUNITY, id: $community }, title: "T", body: "B" }) { id } }',
  'mutation ($team: ID!) { createPost(input: { scope: { type: TEAM, id: $team }, title: "T", body: "B" }) { id } }',
  'mutation ($tenant: ID!) { createPost(input: { scope: { type: TENANT, id: $tenant }, title: "T", body: "B" }) { id } }',
  'mutation ($post: ID!) { updatePost(id: $post, input: { title: "Mine" }) { id } }',
  'mutation ($post: ID!) { deletePost(id: $post) { id } }',
  'mutation ($community: ID!) { setModule(scope: { type: COMMUNITY, id: $community }, key: "posts", enabled: false) { key } }',
];

describe.each([
  ['both walls standing', { queries: true, database: true }],
  ['row level security alone', { queries: false, database: true }],
  ['queries that name the tenant alone', { queries: true, database: false }],
])('with %s, the owner of another tenant', (_, walls) => {
  let here: Scene;
  let variables: Record<string, unknown>;
  beforeAll(async () => {
    here = await scene(walls);
    const { portal, community, team, post, member } = here;
    variables = { community: community.id, team: team.id, post: post.id, user: member.id, tenant: portal.tenantId };
  });
  afterAll(() => here?.portal.world.close());

  const ask = (query: string) => {
    const { portal, foreigner, there } = here;
    const used = Object.entries(variables).filter(([name]) => query.includes(`$${name}`));
    return portal.world.ask('portal', foreigner, query, Object.fromEntries(used), { tenantId: there });
  };

  it.each(reads)('finds nothing: %s', async (query) => {
    expect(await ask(query)).toMatchObject({ data: { found: null } });
  });

  it.each(lists)('lists nothing: %s', async (query) => {
    expect(await ask(query)).toMatchObject({ data: { found: { edges: [] } } });
  });

  it.each(writes)('changes nothing: %s', async (mutation) => {
    expect(code(await ask(mutation))).toBe('NOT_FOUND');
  });

  it('left everything as it was', async () => {
    const { portal, member, community, team, post } = here;
    const query =
      'query ($c: ID!, $t: ID!, $p: ID!) { community(id: $c) { name archivedAt memberCount } team(id: $t) { name memberCount } post(id: $p) { title } }';
    const reply = await portal.ask(member, query, { c: community.id, t: team.id, p: post.id });
    expect(reply.data).toEqual({
      community: { name: 'A community', archivedAt: null, memberCount: 2 },
      team: { name: 'A team', memberCount: 0 },
      post: { title: 'A post' },
    });
  });
});
