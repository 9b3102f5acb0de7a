import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visiblePlaced } from '@polity/kernel/access/placed';
import { codes } from './event.policy.ts';

/** Which events the viewer sees: the one rule of lists, nodes, references, the calendar and the feeds. */
export const seenEvents = (authorizer: Authorizer) => visiblePlaced(authorizer, codes);
