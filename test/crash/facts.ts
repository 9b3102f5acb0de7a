import type { Database } from '../processes/database.ts';

/** A membership or a role of one person at one place, as `<place> <person> <role>`. */
export type Tie = string;

/** What the databases say when everything has come to rest. */
export interface Facts {
  /** Standing of people in communities: `<community> <person>` to status and role. */
  standings: Map<string, { status: string; roleKey: string }>;
  communities: Map<string, string[]>;
  teams: Map<string, string[]>;
  /** `<team> <person>`. */
  seats: Set<string>;
  /** Posts by title. */
  posts: Map<string, number>;
  /** People of the tenant. */
  residents: Set<string>;
  /** Roles at communities, at teams and at the tenant. */
  bindings: Record<'COMMUNITY' | 'TEAM' | 'TENANT', Set<Tie>>;
  scopes: Record<'COMMUNITY' | 'TEAM', Set<string>>;
}

interface Binding {
  type: keyof Facts['bindings'];
  tie: Tie;
}

async function idsBySlug({ rows }: Database, table: 'community' | 'team') {
  const found = await rows<{ id: string; slug: string }>('polity_portal', `select id, slug from ${table}`);
  const bySlug = Map.groupBy(found, ({ slug }) => slug);
  return new Map([...bySlug].map(([slug, each]) => [slug, each.map(({ id }) => id)]));
}

const setOf = async ({ rows }: Database, database: string, sql: string) =>
  new Set((await rows<{ value: string }>(database, sql)).map(({ value }) => value));

export async function readFacts(database: Database): Promise<Facts> {
  const { rows } = database;
  const standings = await rows<{ place: string; status: string; roleKey: string }>(
    'polity_portal',
    `select community_id || ' ' || user_id as place, status, role_key as "roleKey" from community_membership`,
  );
  const posts = await rows<{ title: string; count: number }>(
    'polity_portal',
    'select title, count(*)::int as count from post group by title',
  );
  const bindings = await rows<Binding>(
    'polity_access',
    `select s.type, b.scope_id || ' ' || b.subject_id || ' ' || r.key as tie
     from role_binding b join role r on r.id = b.role_id join scope s on s.id = b.scope_id and s.tenant_id = b.tenant_id`,
  );
  const at = (type: Binding['type']) => new Set(bindings.filter((each) => each.type === type).map(({ tie }) => tie));
  const scopes = (type: string) =>
    setOf(database, 'polity_access', `select id as value from scope where type = '${type}'`);
  return {
    standings: new Map(standings.map(({ place, ...rest }) => [place, rest])),
    communities: await idsBySlug(database, 'community'),
    teams: await idsBySlug(database, 'team'),
    seats: await setOf(database, 'polity_portal', `select team_id || ' ' || user_id as value from team_membership`),
    posts: new Map(posts.map(({ title, count }) => [title, count])),
    residents: await setOf(database, 'polity_identity', 'select user_id as value from tenant_membership'),
    bindings: { COMMUNITY: at('COMMUNITY'), TEAM: at('TEAM'), TENANT: at('TENANT') },
    scopes: { COMMUNITY: await scopes('COMMUNITY'), TEAM: await scopes('TEAM') },
  };
}
