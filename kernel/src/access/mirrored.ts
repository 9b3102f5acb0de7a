import { type EventTransaction, type NewEvent, recordEvent } from '../events/outbox.ts';
import type { ScopeRef } from './tree.ts';

/** What an event of a subgraph means for access: the repair of what its verb could not tell. Whatever happened since counts as newer. */
export type MirroredChange =
  | { change: 'SCOPE'; scope: ScopeRef; parentId: string | null }
  | { change: 'REMOVED'; scope: ScopeRef }
  | { change: 'JOIN'; userId: string; scope: ScopeRef; roleKey: string; replaces?: readonly string[] }
  /** `below` ends roles below the scope, too. */
  | { change: 'LEAVE'; userId: string; scope: ScopeRef; below: boolean };

/** By type of the subgraph's own events, what each means for access. */
export type Mirrors<Events> = { [Type in keyof Events]?: (data: Events[Type]) => MirroredChange[] };

/** What access takes, of whatever subgraph. */
export const MIRROR_CHANGED = '*.mirror.changed';

/** Data of `<subgraph>.mirror.changed`. */
export interface MirrorChanged {
  changes: MirroredChange[];
}

/** Records what an event means for access beside it, in the same transaction and with the same order. */
export async function recordMirrored<Events>(
  tx: EventTransaction,
  mirrors: Mirrors<Events>,
  event: NewEvent,
): Promise<void> {
  const changesOf = mirrors[event.type as keyof Events] as ((data: unknown) => MirroredChange[]) | undefined;
  if (!changesOf) return;
  const type = MIRROR_CHANGED.replace('*', event.type.slice(0, event.type.indexOf('.')));
  const data: MirrorChanged = { changes: changesOf(event.data) };
  await recordEvent(tx, { ...event, type, subject: `mirror.${event.subject}`, data });
}

const at = (type: ScopeRef['type']) => (id: string) => ({ type, id }) as const;

/** Scopes by what they are. */
export const [tenantScope, communityScope, teamScope] = [at('TENANT'), at('COMMUNITY'), at('TEAM')];
