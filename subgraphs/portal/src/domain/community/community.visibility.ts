import type { Authorizer } from '@polity/kernel/access/authorizer';
import { everything, type Visible } from '@polity/kernel/db/branches';
import { always, sql } from '@polity/kernel/db/sql';

const codes = { read: 'portal.community.read', manage: 'portal.community.update' };

/**
 * Which communities the viewer sees: the one rule of lists, nodes and references. COMMUNITY and PRIVATE mean the same for a community: its
 * members, and those who were invited or wait.
 */
export function seenCommunities(authorizer: Authorizer, alias = 't'): Visible {
  const { everything: all, suspended, memberOf, managed } = authorizer.sees(codes);
  if (all) return everything;
  const open = { when: sql(`${alias}.visibility = 'PUBLIC'`) };
  if (authorizer.viewerId === null || suspended) return [open];
  const ids = [...memberOf.communities, ...managed.communities];
  const awaited = `${alias}.id in (select m.community_id from community_membership m
    where m.tenant_id = ${alias}.tenant_id and m.user_id = ? and m.status in ('INVITED', 'PENDING'))`;
  return [open, { when: always, among: { column: `${alias}.id`, ids } }, { when: sql(awaited, authorizer.viewerId) }];
}
