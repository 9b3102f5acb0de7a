import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visibleRows } from '@polity/kernel/access/visibility';
import type { Visible } from '@polity/kernel/db/branches';
import { codes } from './event.policy.ts';

const columns = {
  visibility: 't.visibility',
  communityId: 't.community_id',
  teamId: 't.team_id',
  authorId: 't.author_id',
  hiddenAt: 't.hidden_at',
};

/** Which events the viewer sees: the one rule of lists, nodes, references, the calendar and the feeds. */
export const seenEvents = (authorizer: Authorizer): Visible =>
  visibleRows(authorizer.sees(codes), columns, authorizer.viewerId);
