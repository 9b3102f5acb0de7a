import type { AccessReader } from '@polity/kernel/access/reader';
import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { type BindingLoaders, bindingLoaders } from './domain/binding/binding.loaders.ts';
import { type RowLoaders, rowLoaders } from './domain/loaders.ts';
import type { Ports } from './ports.ts';

type Loaders = RowLoaders & BindingLoaders;

interface Own extends Pick<Ports, 'decisions' | 'marks'> {
  /** Where acknowledged versions are kept, shared by all processes. */
  stamps: KeyValueStore;
  /** Sets of other subjects, or at a given version. */
  reader: AccessReader;
}

export interface Context extends BaseContext<Loaders>, Own {}

export const makeLoaders = ({ em, request }: BaseContext): Loaders => ({
  ...rowLoaders(em),
  ...bindingLoaders(em, request.tenantId),
});

export const ownPart = ({ decisions, marks }: Ports, { stamps, access: reader }: Runtime): Own => ({
  decisions,
  marks,
  stamps,
  reader,
});
