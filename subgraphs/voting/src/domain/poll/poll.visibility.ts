import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visibleRows } from '@polity/kernel/access/visibility';
import type { Visible } from '@polity/kernel/db/branches';
import { codes } from './poll.policy.ts';

const columns = {
  visibility: 't.visibility',
  communityId: 't.community_id',
  teamId: 't.team_id',
  authorId: 't.author_id',
  hiddenAt: 't.hidden_at',
};

/** Which polls the authorizer sees: the one rule of lists, nodes, references and verbs. The column is PRIVATE while a poll is a draft. */
export const seenPolls = (authorizer: Authorizer): Visible =>
  visibleRows(authorizer.sees(codes), columns, authorizer.viewerId);
