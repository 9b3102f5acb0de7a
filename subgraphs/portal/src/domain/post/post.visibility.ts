import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visiblePlaced } from '@polity/kernel/access/placed';
import { codes } from './post.policy.ts';

/** Which posts the viewer sees: the one rule of lists, nodes and references. */
export const seenPosts = (authorizer: Authorizer) => visiblePlaced(authorizer, codes);
