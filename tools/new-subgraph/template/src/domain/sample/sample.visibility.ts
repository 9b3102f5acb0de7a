import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visibleRows } from '@polity/kernel/access/visibility';
import type { Visible } from '@polity/kernel/db/branches';
import { codes } from './sample.policy.ts';

const NONE = 'cast(null as uuid)';
const columns = {
  visibility: 't.visibility',
  communityId: NONE,
  teamId: NONE,
  authorId: 't.author_id',
  hiddenAt: 't.hidden_at',
};

/** Which samples the viewer sees: the one rule of lists, nodes, references and verbs. */
export const seenSamples = (authorizer: Authorizer): Visible =>
  visibleRows(authorizer.sees(codes), columns, authorizer.viewerId);
