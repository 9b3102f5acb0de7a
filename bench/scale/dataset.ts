// A large tenant, written with SQL into the databases of access and portal.
import type { withClient } from '@polity/kernel/db/provision';

/** A connection to one of the databases. */
export type Client = Parameters<Parameters<typeof withClient>[1]>[0];

export const TENANT = 'aaaaaaaa-0000-7000-8000-000000000000';
const COMMUNITIES = 500;
const TEAMS_EACH = 5;
const USERS = 10_000;
const POSTS = 100_000;

/** The same id in SQL and here; the leading letter keeps kinds apart. */
const idSql = (kind: string, n: string) =>
  `('${kind}0000000-0000-7000-8000-' || lpad(to_hex((${n})::int), 12, '0'))::uuid`;
const idOf = (kind: string, n: number) => `${kind}0000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const communityId = (n: number): string => idOf('c', n);
export const userId = (n: number): string => idOf('b', n);
const teamId = (community: number, n: number) => idOf('d', community * TEAMS_EACH + n);

/** Somebody who looks at it, and what they belong to. Roles are those of the portal. */
export interface Kind {
  name: string;
  /** Number of the user; null for who is not signed in. */
  user: number | null;
  tenantRole?: 'tenant.member' | 'tenant.owner';
  communities: number[];
  role?: 'portal.member' | 'portal.owner';
  /** Whether they are in one team of each of their communities. */
  teams?: boolean;
}

const numbers = (count: number, step: number) => Array.from({ length: count }, (_, n) => 2 + n * step);

export const kinds: Kind[] = [
  { name: 'anonymous', user: null, communities: [] },
  { name: 'of no community', user: 1, tenantRole: 'tenant.member', communities: [] },
  { name: 'of one community', user: 2, tenantRole: 'tenant.member', communities: [77], teams: true },
  { name: 'of 40 communities', user: 3, tenantRole: 'tenant.member', communities: numbers(40, 12), teams: true },
  { name: 'of all communities', user: 4, tenantRole: 'tenant.member', communities: numbers(499, 1), teams: true },
  { name: 'owner of 5', user: 5, tenantRole: 'tenant.member', communities: numbers(5, 90), role: 'portal.owner' },
  { name: 'owner of the tenant', user: 6, tenantRole: 'tenant.owner', communities: [] },
];

/** Scopes and what the kinds hold there. */
export async function fillAccess(access: Client): Promise<void> {
  const scope = 'insert into scope (id, created_at, tenant_id, type, parent_id)';
  await access.query(`${scope} values ($1, now(), $1, 'TENANT', null)`, [TENANT]);
  await access.query(
    `${scope} select ${idSql('c', 'n')}, now(), $1, 'COMMUNITY', $1 from generate_series(1, ${COMMUNITIES}) n`,
    [TENANT],
  );
  await access.query(
    `${scope} select ${idSql('d', `c * ${TEAMS_EACH} + t`)}, now(), $1, 'TEAM', ${idSql('c', 'c')}
     from generate_series(1, ${COMMUNITIES}) c, generate_series(0, ${TEAMS_EACH - 1}) t`,
    [TENANT],
  );
  const bind = (user: number, key: string, type: string, scopes: string[]) =>
    access.query(
      `insert into role_binding (id, created_at, tenant_id, subject_id, role_id, scope_id)
       select gen_random_uuid(), now(), $1, $2, r.id, s.id from unnest($5::uuid[]) s(id), role r
       where r.tenant_id is null and r.key = $3 and r.scope_type = $4`,
      [TENANT, userId(user), key, type, scopes],
    );
  for (const { user, tenantRole, communities, role = 'portal.member', teams } of kinds) {
    if (user === null) continue;
    if (tenantRole) await bind(user, tenantRole, 'TENANT', [TENANT]);
    await bind(user, role, 'COMMUNITY', communities.map(communityId));
    if (teams) {
      const ids = communities.map((n) => teamId(n, 0));
      await bind(user, 'portal.member', 'TEAM', ids);
    }
  }
  await access.query('analyze');
}

/**
 * Posts are hidden from most: the oldest 200 are PUBLIC, half of the others are for members of a community and half for those of a team, and
 * one in twenty is PRIVATE. Everybody is in the first community and in two others.
 */
export async function fillPortal(portal: Client): Promise<void> {
  await portal.query(
    `insert into community (id, created_at, tenant_id, slug, name, join_policy, visibility)
     select ${idSql('c', 'n')}, now(), $1, 'c' || n, 'Community ' || md5(n::text), 'OPEN',
       case n % 3 when 0 then 'PUBLIC' when 1 then 'COMMUNITY' else 'PRIVATE' end from generate_series(1, ${COMMUNITIES}) n`,
    [TENANT],
  );
  await portal.query(
    `insert into team (id, created_at, tenant_id, community_id, slug, name)
     select ${idSql('d', `c * ${TEAMS_EACH} + t`)}, now(), $1, ${idSql('c', 'c')}, 't' || t, 'Team ' || t
     from generate_series(1, ${COMMUNITIES}) c, generate_series(0, ${TEAMS_EACH - 1}) t`,
    [TENANT],
  );
  await portal.query(
    `insert into community_membership (id, created_at, tenant_id, community_id, user_id, status, role_key, joined_at)
     select gen_random_uuid(), now(), $1, c, u, 'ACTIVE', 'portal.member', now() from (
       select ${idSql('c', '1')} as c, ${idSql('b', 'n')} as u from generate_series(1, ${USERS}) n
       union select ${idSql('c', `2 + n % ${COMMUNITIES - 1}`)}, ${idSql('b', 'n')} from generate_series(1, ${USERS}) n
       union select ${idSql('c', `2 + n / 3 % ${COMMUNITIES - 1}`)}, ${idSql('b', 'n')} from generate_series(1, ${USERS}) n) rows`,
    [TENANT],
  );
  const time = "lpad(to_hex(1700000000000 + n * 1000::bigint), 12, '0')";
  const postId = `(substr(${time}, 1, 8) || '-' || substr(${time}, 9, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  await portal.query(
    `insert into post (id, created_at, tenant_id, author_id, community_id, team_id, title, body, body_html, visibility)
     select ${postId}, now(), $1, ${idSql('b', `1 + n % ${USERS}`)}, ${idSql('c', 'c')},
       case when in_team then ${idSql('d', `c * ${TEAMS_EACH} + t`)} end, 'Post ' || n, repeat('words ', 40), repeat('words ', 40),
       case when n <= 200 then 'PUBLIC' when n % 20 = 0 then 'PRIVATE' when in_team then 'TEAM' else 'COMMUNITY' end
     from (select n, 1 + n % ${COMMUNITIES} as c, n / ${COMMUNITIES} % ${TEAMS_EACH} as t, n / ${COMMUNITIES} % 2 = 0 as in_team
       from generate_series(1, ${POSTS}) n) posts`,
    [TENANT],
  );
  // What the job does every half minute.
  await portal.query('select fold_member_counts(1000000)');
  await portal.query('vacuum analyze');
}
