import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccessReader } from '@polity/kernel/access/reader';
import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { type BindingLoaders, bindingLoaders } from './domain/binding/binding.loaders.ts';
import type { StampMarks } from './domain/change/stamp-marks.ts';
import type { DecisionLog } from './domain/check/decision-log.ts';
import { type RowLoaders, rowLoaders } from './domain/loaders.ts';
import type { Ports } from './ports.ts';

export interface Context extends BaseContext {
  /** Where acknowledged versions are kept, shared by all processes. */
  stamps: KeyValueStore;
  /** Sets of other subjects, or at a given version. */
  reader: AccessReader;
  /** EntityManager in the walls of another tenant, or of none: for what belongs to the platform. */
  emOf(tenantId: string | null): EntityManager;
  loaders: RowLoaders & BindingLoaders;
  decisions: DecisionLog;
  marks: StampMarks;
  /** Drops what was read in this request before a change: a later field must not show it. */
  forget(): void;
}

function loadersOf({ em, request }: BaseContext): Context['loaders'] {
  return { ...rowLoaders(em), ...bindingLoaders(em, request.tenantId) };
}

export function makeContext(
  base: BaseContext,
  { decisions, marks }: Pick<Ports, 'decisions' | 'marks'>,
  runtime: Runtime,
): Context {
  const { stamps, access: reader, em: emOf } = runtime;
  const context: Context = {
    ...base,
    stamps,
    reader,
    emOf,
    decisions,
    marks,
    loaders: loadersOf(base),
    forget() {
      base.em.clear();
      context.loaders = loadersOf(base);
    },
  };
  return context;
}
