import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../context.ts';
import { Community, type CommunityRow } from './community/community.entity.ts';
import * as communities from './community/community.service.ts';
import type { PostRow } from './post/post.entity.ts';
import { Team, type TeamRow } from './team/team.entity.ts';
import * as teams from './team/team.service.ts';

/** What a scope names: the tenant where both are null. */
export interface NamedScope {
  community: Community | null;
  team: Team | null;
}

/** What a `Scope` field holds; the tenant is another subgraph's. */
export type ScopeNode = CommunityRow | TeamRow | { __typename?: 'Tenant'; id: string };

/** The community and team that a scope names. Throws NotFound for one that is hidden, missing or of another tenant. */
export async function placeOf(em: EntityManager, authorizer: Authorizer, { type, id }: ScopeRef): Promise<NamedScope> {
  if (type === 'COMMUNITY') return { community: await communities.get(em, authorizer, id), team: null };
  if (type === 'TEAM') {
    const team = await teams.get(em, authorizer, id);
    return { community: team.community.unwrap(), team };
  }
  if (id !== authorizer.tenantId) throw new NotFound('This tenant');
  return { community: null, team: null };
}

/** Where the post lies; null where the viewer does not see that place. */
export async function scopeOf(ctx: Context, post: PostRow): Promise<ScopeNode | null> {
  const { tenantId, community, team } = post;
  if (!community) return { __typename: 'Tenant', id: tenantId };
  const seen = await ctx.loaders.communityById.load(community.id);
  if (!seen || !team) return seen;
  return team.isInitialized() ? team.unwrap() : ctx.loaders.teamById.load(team.id);
}

export function scopeTypeOf(node: ScopeNode): 'Community' | 'Team' | 'Tenant' {
  if (node instanceof Community) return 'Community';
  return node instanceof Team ? 'Team' : 'Tenant';
}
