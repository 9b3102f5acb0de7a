import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visiblePlaced } from '@polity/kernel/access/placed';
import type { Visible } from '@polity/kernel/db/branches';
import { never, sql } from '@polity/kernel/db/sql';
import { codes } from './poll.policy.ts';

const ON_ROLL =
  'exists (select 1 from elector e where e.tenant_id = t.tenant_id and e.poll_id = t.id and e.user_id = ?)';

/**
 * Which polls the authorizer sees: the one rule of lists, nodes, references and verbs. No block takes a vote: whoever is on the roll sees the poll,
 * whoever made it.
 */
export function seenPolls(authorizer: Authorizer): Visible {
  const { viewerId } = authorizer;
  return visiblePlaced(authorizer, codes, viewerId === null ? never : sql(ON_ROLL, viewerId));
}
