import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visiblePlaced } from '@polity/kernel/access/placed';
import { codes } from './sample.policy.ts';

/** Which samples the viewer sees: the one rule of lists, nodes, references and verbs. */
export const seenSamples = (authorizer: Authorizer) => visiblePlaced(authorizer, codes);
