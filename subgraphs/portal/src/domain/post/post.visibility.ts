import type { ScopeRef } from '@polity/kernel/access/tree';
import { canSee, type SqlCondition, visibilitySql } from '@polity/kernel/access/visibility';
import type { Asker } from '../asker.ts';

const codes = { read: 'portal.post.read', manage: 'portal.post.manage' };

/** Which posts the asker sees, over the columns of the table named by `alias`: the one rule of lists, nodes and references. */
export function seenPosts(asker: Asker, alias: string): SqlCondition {
  const columns = {
    visibility: `${alias}.visibility`,
    communityId: `${alias}.community_id`,
    teamId: `${alias}.team_id`,
    authorId: `${alias}.author_id`,
  };
  return visibilitySql(asker.sees(codes), columns, asker.viewerId);
}

/** Where a post lies, or would lie. */
export interface Place {
  scope: ScopeRef;
  communityId: string | null;
  teamId: string | null;
}

/** Whether the asker is one of those for whom members' posts of the place are. */
export function belongsTo(asker: Asker, { scope, communityId, teamId }: Place): boolean {
  const visibility = scope.type === 'TEAM' ? 'TEAM' : 'COMMUNITY';
  return canSee(asker.sees(codes), { visibility, communityId, teamId, authorId: null }, asker.viewerId);
}
