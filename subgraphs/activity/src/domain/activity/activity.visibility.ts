import type { Authorizer } from '@polity/kernel/access/authorizer';
import { leftOut, namesNone } from '@polity/kernel/access/blocks';
import { type ScopeIds, type VisibleScopes, visibleRows } from '@polity/kernel/access/visibility';
import type { Branch, Visible } from '@polity/kernel/db/branches';
import { all, always, type Sql, sql } from '@polity/kernel/db/sql';
import { nouns } from '../../kinds.ts';
import { type NounName, nounNames } from './activity.entity.ts';

const columns = {
  visibility: 't.visibility',
  communityId: 't.community_id',
  teamId: 't.team_id',
  authorId: 't.owner_id',
  hiddenAt: 't.hidden_at',
};

/**
 * What the viewer sees of things of that type. An entry about a community lies in it, so what somebody sees at the tenant or in teams makes no difference for
 * it, and is taken from posts: the same answer for all types is one search instead of two.
 */
function scopesOf(authorizer: Authorizer, noun: NounName): VisibleScopes {
  const own = authorizer.sees(nouns[noun]);
  if (noun !== 'Community') return own;
  const { memberOf, managed } = authorizer.sees(nouns.Post);
  return {
    ...own,
    memberOf: { ...memberOf, communities: own.memberOf.communities },
    managed: { ...managed, communities: own.managed.communities },
  };
}

/** Entries whose things the viewer sees: `rowsOf` once for each set of types that are seen alike, which is mostly one for all. */
function seenThings(authorizer: Authorizer, rowsOf: (scopes: VisibleScopes) => Visible): Visible {
  const alike = [...Map.groupBy(nounNames, (noun) => JSON.stringify(scopesOf(authorizer, noun))).values()];
  return alike.flatMap((names) => {
    const found = rowsOf(scopesOf(authorizer, names[0] as NounName));
    if (alike.length === 1) return found;
    return found.map((branch) => ({ ...branch, when: all(branch.when, sql('t.object_type = any(?)', names)) }));
  });
}

/** Every entry of the tenant that the viewer may see, by the rule of the things of which they speak. */
export const seenActivities = (authorizer: Authorizer): Visible =>
  seenThings(authorizer, (scopes) => visibleRows(scopes, columns, authorizer.viewerId));

/** Where to look, with the community of each team. */
export interface Places extends ScopeIds {
  communityOf(teamId: string): string | null;
}

const SHOWN = 't.hidden_at is null';
const AT_TENANT = 't.community_id is null and t.team_id is null';
const OPEN = sql(`t.visibility = 'PUBLIC' and ${SHOWN}`);
const FOR_COMMUNITY = sql(
  `(t.visibility = 'COMMUNITY' or t.visibility = 'TEAM' and t.team_id is null) and t.hidden_at is null`,
);

function amongIds(column: string, ids: readonly string[], when: Sql): Branch[] {
  return ids.length > 0 ? [{ when, among: { column, ids } }] : [];
}

/** Those of the places that are among these, too. */
function within(ids: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return ids.filter((id) => known.has(id));
}

function inCommunities({ communities }: Places, { memberOf, managed, everything }: VisibleScopes): Branch[] {
  const column = 't.community_id';
  return [
    ...amongIds(column, communities, OPEN),
    ...amongIds(column, within(communities, memberOf.communities), FOR_COMMUNITY),
    ...amongIds(column, everything ? communities : within(communities, managed.communities), sql('t.team_id is null')),
  ];
}

function inTeams({ teams, communityOf }: Places, { memberOf, managed, everything }: VisibleScopes): Branch[] {
  const column = 't.team_id';
  const ofMembers = teams.filter((id) => memberOf.communities.includes(communityOf(id) ?? ''));
  return [
    ...amongIds(column, teams, OPEN),
    ...amongIds(column, ofMembers, sql(`t.visibility = 'COMMUNITY' and ${SHOWN}`)),
    ...amongIds(column, within(teams, memberOf.teams), sql(`t.visibility = 'TEAM' and ${SHOWN}`)),
    ...amongIds(column, everything ? teams : within(teams, managed.teams), always),
  ];
}

function atTenant({ memberOf, managed, everything }: VisibleScopes): Branch {
  if (everything || managed.tenant) return { when: sql(AT_TENANT) };
  const who = memberOf.tenant ? `t.visibility <> 'PRIVATE'` : `t.visibility = 'PUBLIC'`;
  return { when: sql(`${AT_TENANT} and ${who} and ${SHOWN}`) };
}

function rowsAt(scopes: VisibleScopes, places: Places, viewerId: string | null): Visible {
  const nothing: ScopeIds = { tenant: false, communities: [], teams: [] };
  const rights = scopes.suspended ? { ...scopes, memberOf: nothing, managed: nothing } : scopes;
  const own = viewerId === null || scopes.suspended ? [] : [`t.visibility = 'PRIVATE'`, 't.hidden_at is not null'];
  return [
    ...inCommunities(places, rights),
    ...inTeams(places, rights),
    ...(places.tenant ? [atTenant(rights)] : []),
    ...own.map((withheld) => ({ when: sql(`${withheld} and t.owner_id = ?`, viewerId) })),
  ];
}

/** What the viewer sees of the entries at these places: a look into an index for each place and reason, however much there is elsewhere. */
export const seenAt = (authorizer: Authorizer, places: Places): Visible =>
  seenThings(authorizer, (scopes) => {
    const unblocked = namesNone(leftOut(scopes.blocks), 't.owner_id');
    return rowsAt(scopes, places, authorizer.viewerId).map((branch) => ({
      ...branch,
      when: all(branch.when, unblocked),
    }));
  });
