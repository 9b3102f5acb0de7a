import type { Asker } from '@polity/kernel/access/asker';
import { visibleRows } from '@polity/kernel/access/visibility';
import type { Visible } from '@polity/kernel/db/branches';
import { codes } from './event.policy.ts';

const NONE = 'cast(null as uuid)';
const columns = {
  visibility: 't.visibility',
  communityId: NONE,
  teamId: NONE,
  authorId: 't.author_id',
  hiddenAt: 't.hidden_at',
};

/** Which events the asker sees: the one rule of lists, nodes, references and verbs. */
export const seenEvents = (asker: Asker): Visible => visibleRows(asker.sees(codes), columns, asker.viewerId);
