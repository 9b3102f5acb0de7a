import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visiblePlaced } from '@polity/kernel/access/placed';
import { codes } from './poll.policy.ts';

/** Which polls the authorizer sees: the one rule of lists, nodes, references and verbs. */
export const seenPolls = (authorizer: Authorizer) => visiblePlaced(authorizer, codes);
