import type { Asker } from '@polity/kernel/access/asker';
import { type SqlCondition, visibilitySql } from '@polity/kernel/access/visibility';
import { codes } from './post.policy.ts';

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
