import { type OpenOptions, openSubgraph, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { portal } from '../src/subgraph.ts';

export type Portal = TestSubgraph;

/** A world with access and portal, and one tenant. */
export const startPortal = (options: Partial<OpenOptions> = {}): Promise<Portal> =>
  openSubgraph(portal, { beside: [access], ...options });
