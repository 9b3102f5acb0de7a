import type { Database } from '../processes/database.ts';
import type { Facts } from './facts.ts';

function* differences(
  what: readonly [string, string],
  left: Iterable<string>,
  right: Iterable<string>,
): Generator<string> {
  const [a, b] = [new Set(left), new Set(right)];
  for (const each of a.difference(b)) yield `${what[0]} without ${what[1]}: ${each}`;
  for (const each of b.difference(a)) yield `${what[1]} without ${what[0]}: ${each}`;
}

/** Where what one service keeps does not agree with what another one does. */
export function disagreements(facts: Facts, helperRole: string): string[] {
  const active = [...facts.standings].filter(([, { status }]) => status === 'ACTIVE');
  const isMirrored = (tie: string) => !tie.endsWith(` ${helperRole}`);
  const helpers = [...facts.bindings.COMMUNITY]
    .filter((tie) => !isMirrored(tie))
    .map((tie) => tie.replace(` ${helperRole}`, ''));
  const members = new Set(active.map(([place]) => place));
  const tenantTies = [...facts.bindings.TENANT].map((tie) => tie.split(' ')[1]!);
  return [
    ...differences(
      ['membership', 'role'],
      active.map(([place, { roleKey }]) => `${place} ${roleKey}`),
      [...facts.bindings.COMMUNITY].filter(isMirrored),
    ),
    ...helpers.filter((place) => !members.has(place)).map((place) => `a helper who is no member: ${place}`),
    ...differences(
      ['seat', 'role at the team'],
      [...facts.seats].map((seat) => `${seat} portal.member`),
      facts.bindings.TEAM,
    ),
    ...differences(['resident', 'role at the tenant'], facts.residents, tenantTies),
    ...differences(['community', 'scope'], [...facts.communities.values()].flat(), facts.scopes.COMMUNITY),
    ...differences(['team', 'scope'], [...facts.teams.values()].flat(), facts.scopes.TEAM),
    ...ownerless(facts),
    ...homeless(facts),
  ];
}

function* ownerless({ communities, standings }: Facts): Generator<string> {
  const owned = new Set(
    [...standings].filter(([, { roleKey }]) => roleKey === 'portal.owner').map(([place]) => place.split(' ')[0]),
  );
  for (const [slug, ids] of communities)
    for (const id of ids) if (!owned.has(id)) yield `community ${slug} has no owner`;
}

function* homeless({ standings, residents }: Facts): Generator<string> {
  for (const [place, { status }] of standings) {
    const [community, person] = place.split(' ') as [string, string];
    if (status === 'ACTIVE' && !residents.has(person))
      yield `${person} is a member of ${community} and not of the tenant`;
  }
}

// Beginnings and ends take turns in the outbox, or something was done twice; only that which never began, such as an invitation, may end twice.
const TURNS = `
  with told as (
    select aggregate_id, type, id, type like '%.ended' as ends,
      lag(type like '%.ended') over (partition by aggregate_id order by id) as before
    from outbox where type in ('portal.membership.activated', 'portal.membership.ended', 'portal.team_membership.created', 'portal.team_membership.ended'))
  select aggregate_id || ' ' || type as value from told
  where ends = before and (not ends or type like 'portal.team_membership.%')`;

const TWICE = `select type || ' ' || aggregate_id as value from outbox
  where type in ('portal.community.created', 'portal.team.created', 'portal.team.deleted', 'portal.post.created', 'portal.post.deleted')
  group by type, aggregate_id having count(*) > 1`;

const UNTOLD = `select 'post ' || id as value from post where not exists (select from outbox where type = 'portal.post.created' and aggregate_id = post.id::text)
  union all select 'community ' || id from community where not exists (select from outbox where type = 'portal.community.created' and aggregate_id = community.id::text)
  union all select 'team ' || id from team where not exists (select from outbox where type = 'portal.team.created' and aggregate_id = team.id::text)`;

// What the history says was given and not taken again is what there is.
const HISTORY = `
  with told as (
    select subject_id, scope_id, coalesce(after->>'roleId', before->>'roleId')::uuid as role_id,
      sum(case kind when 'BINDING_CREATED' then 1 else -1 end) as held
    from access_change where kind in ('BINDING_CREATED', 'BINDING_REMOVED') and coalesce(after, before) ? 'roleId' group by 1, 2, 3)
  select coalesce(t.subject_id, b.subject_id) || ' at ' || coalesce(t.scope_id, b.scope_id) as value
  from told t full join role_binding b using (subject_id, scope_id, role_id)
  where coalesce(t.held, 0) <> case when b.id is null then 0 else 1 end`;

/** What was done twice, or by half. */
export async function miscounts({ rows }: Database): Promise<string[]> {
  const ask = async (database: string, sql: string, what: string) =>
    (await rows<{ value: string }>(database, sql)).map(({ value }) => `${what}: ${value}`);
  return [
    ...(await ask('polity_portal', TURNS, 'twice in a row')),
    ...(await ask('polity_portal', TWICE, 'told twice')),
    ...(await ask('polity_portal', UNTOLD, 'never told')),
    ...(await ask('polity_access', HISTORY, 'history and roles differ')),
  ];
}
