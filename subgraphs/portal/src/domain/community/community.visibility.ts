import type { Asker } from '@polity/kernel/access/asker';
import { type SqlCondition, visibilitySql } from '@polity/kernel/access/visibility';

const codes = { read: 'portal.community.read', manage: 'portal.community.update' };
const AWAITED = `exists (select from community_membership m where m.tenant_id = {c}.tenant_id and m.community_id = {c}.id
  and m.user_id = ? and m.status in ('INVITED', 'PENDING'))`;

/**
 * Which communities the asker sees, over the columns of the table named by `alias`: the one rule of lists, nodes and references.
 * COMMUNITY and PRIVATE mean the same for a community: its members, and those who were invited or wait.
 */
export function seenCommunities(asker: Asker, alias: string): SqlCondition {
  const visible = asker.sees(codes);
  const columns = {
    visibility: `(case ${alias}.visibility when 'PRIVATE' then 'COMMUNITY' else ${alias}.visibility end)`,
    communityId: `${alias}.id`,
    teamId: 'cast(null as uuid)',
    authorId: 'cast(null as uuid)',
  };
  const members = visibilitySql(visible, columns, asker.viewerId);
  if (asker.viewerId === null || visible.suspended) return members;
  const awaited = AWAITED.replaceAll('{c}', alias);
  return { sql: `(${members.sql} or ${awaited})`, params: [...members.params, asker.viewerId] };
}
