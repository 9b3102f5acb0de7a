import type { Authorizer } from '@polity/kernel/access/authorizer';
import { placeIn } from '@polity/kernel/access/place';
import type { ScopeRef, ScopeTree, ScopeType } from '@polity/kernel/access/tree';
import { readRows } from '@polity/kernel/db/rows';
import { all, always, any, type Sql, sql } from '@polity/kernel/db/sql';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { nouns } from '../../kinds.ts';
import type { Places } from '../activity/activity.visibility.ts';
import { FeedMute, type FeedMuteRow } from '../mute/mute.entity.ts';
import { FeedSubscription, type FeedSubscriptionRow } from '../subscription/subscription.entity.ts';
import { ofTypes } from './types.ts';

/** What a person chose for their home feed. */
export interface Choices {
  subscriptions: FeedSubscriptionRow[];
  mutes: FeedMuteRow[];
}

export async function choicesOf({ em }: Pick<BaseContext, 'em'>, userId: string): Promise<Choices> {
  const own = { where: [{ userId }] };
  return { subscriptions: await readRows(em, FeedSubscription, own), mutes: await readRows(em, FeedMute, own) };
}

const idsOf = (type: ScopeType, rows: readonly { scopeType?: ScopeType | null; scopeId?: string | null }[]): string[] =>
  rows.flatMap(({ scopeType, scopeId }) => (scopeType === type && scopeId ? [scopeId] : []));

/** The community of each team, from the tree of scopes. */
export const communityIn =
  (tree: ScopeTree) =>
  (id: string): string | null =>
    placeIn(tree, { type: 'TEAM', id })?.communityId ?? null;

/** Where a person's home feed looks: where they belong and where they subscribed, without what they muted. */
export function homePlaces(authorizer: Authorizer, tree: ScopeTree, { subscriptions, mutes }: Choices): Places {
  const { memberOf } = authorizer.sees(nouns.Post);
  const muted = new Set(mutes.flatMap(({ scopeId }) => scopeId ?? []));
  const communityOf = communityIn(tree);
  const chosen = (type: ScopeType, own: readonly string[]) =>
    [...new Set([...own, ...idsOf(type, subscriptions)])].filter((id) => !muted.has(id));
  return {
    tenant: chosen('TENANT', memberOf.tenant ? [authorizer.tenantId] : []).length > 0,
    communities: chosen('COMMUNITY', memberOf.communities),
    teams: chosen('TEAM', memberOf.teams).filter((id) => !muted.has(communityOf(id) ?? '')),
    communityOf,
  };
}

/** Entries at a scope and below it, as a condition; a tenant's are all. */
function lyingIn({ type, id }: ScopeRef): Sql {
  if (type === 'TENANT') return sql('t.community_id is null and t.team_id is null');
  return sql(`t.${type === 'TEAM' ? 'team_id' : 'community_id'} = ?`, id);
}

const not = (condition: Sql): Sql => sql(`(${condition.sql}) is not true`, ...condition.params);

/** Entries that are by none of these people. A group has several, of whom those that are meant are left out later. */
export function byNoneOf(people: readonly string[], grouped: boolean): Sql {
  if (people.length === 0) return always;
  return not(sql(`${grouped ? 't.group_key is null and ' : ''}t.actor_id = any(?)`, people));
}

/** What a person chose not to read at home. */
export function homeWhere({ subscriptions, mutes }: Choices, grouped: boolean): Sql {
  const types = mutes.flatMap(({ type }) => type ?? []);
  const people = mutes.flatMap(({ mutedId }) => mutedId ?? []);
  const teams = idsOf('TEAM', mutes);
  const narrowed = subscriptions.flatMap(({ types: only, scopeType: type, scopeId: id }) =>
    only ? [any(not(lyingIn({ type, id })), ofTypes(only))] : [],
  );
  return all(
    ...(types.length > 0 ? [not(ofTypes(types))] : []),
    ...(teams.length > 0 ? [not(sql('t.team_id = any(?)', teams))] : []),
    byNoneOf(people, grouped),
    ...narrowed,
  );
}

/** Who is muted. */
export const mutedPeople = ({ mutes }: Choices): Set<string> => new Set(mutes.flatMap(({ mutedId }) => mutedId ?? []));
