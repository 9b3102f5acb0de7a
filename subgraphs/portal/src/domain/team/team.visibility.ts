import type { Authorizer } from '@polity/kernel/access/authorizer';
import { everything, seenBy, type Visible } from '@polity/kernel/db/branches';
import { sql } from '@polity/kernel/db/sql';
import { seenCommunities } from '../community/community.visibility.ts';

/** Teams are seen by those who see their community. */
export function seenTeams(authorizer: Authorizer): Visible {
  const visible = seenCommunities(authorizer, 'c');
  if (visible === everything) return everything;
  const seen = seenBy(visible);
  const text = `exists (select from community c where c.tenant_id = t.tenant_id and c.id = t.community_id and ${seen.sql})`;
  return [{ when: sql(text, ...seen.params) }];
}
