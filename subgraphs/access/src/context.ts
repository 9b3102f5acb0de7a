import type { AccessReader } from '@polity/kernel/access/reader';
import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import type { Loaders } from './domain/loaders.ts';
import type { Ports } from './ports.ts';

interface Own extends Pick<Ports, 'decisions' | 'marks'> {
  /** Where acknowledged versions are kept, shared by all processes. */
  stamps: KeyValueStore;
  /** Sets of other subjects, or at a given version. */
  reader: AccessReader;
}

export interface Context extends BaseContext<Loaders>, Own {}

export const ownPart = ({ decisions, marks }: Ports, { stamps, access: reader }: Runtime): Own => ({
  decisions,
  marks,
  stamps,
  reader,
});
