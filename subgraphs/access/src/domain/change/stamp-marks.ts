import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from '@polity/kernel/log/logger';

/** Confirmed changes that are still on the list of `repairStamps`; taken off in batches, since repairing them once more does no harm. */
export interface StampMarks {
  note(tenantId: string | null, seqs: readonly string[]): void;
  /** Resolves when all that was noted before is written, also by a flush that had begun. */
  flush(): Promise<void>;
}

export async function markStamped(em: EntityManager, seqs: readonly string[]): Promise<void> {
  const sql = 'update access_change set stamped = true where seq = any(?::bigint[])';
  // Bookkeeping belongs to no operation, so it is not among the statements of one.
  await em.execute(sql, [`{${seqs.join(',')}}`], 'run', { enabled: false });
}

export function stampMarks(em: (tenantId: string | null) => EntityManager, log: Logger): StampMarks {
  let waiting = new Map<string | null, string[]>();
  let flushed = Promise.resolve();

  async function drain(): Promise<void> {
    const taken = waiting;
    waiting = new Map();
    for (const [tenantId, seqs] of taken) {
      try {
        await markStamped(em(tenantId), seqs);
      } catch (error) {
        log.warn(
          { err: error, changes: seqs.length },
          'confirmed stamps could not be marked; they are confirmed again',
        );
      }
    }
  }

  return {
    note(tenantId, seqs) {
      if (seqs.length > 0) waiting.set(tenantId, [...(waiting.get(tenantId) ?? []), ...seqs]);
    },
    flush() {
      flushed = flushed.then(drain);
      return flushed;
    },
  };
}
