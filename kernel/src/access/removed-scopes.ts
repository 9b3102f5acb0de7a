import type { EntityManager } from '@mikro-orm/postgresql';
import type { BaseContext, ConsumerDefinition } from '../graph/subgraph.ts';
import { enqueueJob } from '../jobs/enqueue.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { ScopeRef, ScopeType } from './tree.ts';

/** Rows that go when the community or team where they are is removed. */
export interface ScopedRows {
  /** What is removed, in a word; for the log line. */
  what: string;
  /** Removes at most so many rows at the scope, in the walls of its tenant; returns how many. */
  remove(em: EntityManager, scope: ScopeRef, batch: number): Promise<number>;
}

/** Rows that one statement removes: few enough that nobody waits for its locks. */
const BATCH = 1_000;
const JOB = 'remove-scope';

/**
 * Rows of a table that name their scope in these columns, by the type of the scope. Each removed scope is told of by itself, a community after
 * its teams, so a table that names only the scope where a row lies needs no more than one column.
 */
export function rowsNaming(table: string, columns: Partial<Record<ScopeType, string>>): ScopedRows['remove'] {
  return async (em, { type, id }, batch) => {
    const column = columns[type];
    if (!column) return 0;
    const rows = `select ctid from ${table} where ${column} = ? and tenant_id = nullif(current_setting('app.tenant', true), '')::uuid limit ?`;
    const sql = `with gone as (delete from ${table} where ctid = any(array(${rows})) returning 1) select count(*)::int as n from gone`;
    const [row] = await em.execute<[{ n: number }]>(sql, [id, batch]);
    return row.n;
  };
}

/** Has the rows at a removed scope removed by a job, for there may be many. */
export const removedScopes: ConsumerDefinition<BaseContext> = {
  name: 'removed-scopes',
  types: ['access.scope.removed'],
  async handle(tx, { tenantid: tenantId, data }, { clock }) {
    const { scopeType: type, scopeId: id } = data as { scopeType: ScopeType; scopeId: string };
    await enqueueJob(tx, { job: JOB, key: id, tenantId, at: clock.now(), payload: { type, id } });
  },
};

/** The job that removes what a subgraph has at a removed scope. */
export function removeScopeJob(scoped: readonly ScopedRows[]): JobDefinition {
  return {
    name: JOB,
    async run(
      { payload, tenantId, signal }: { payload: ScopeRef; tenantId: string | null; signal: AbortSignal },
      runtime,
    ) {
      const removed: Record<string, number> = {};
      for (const { what, remove } of scoped) {
        let total = 0;
        for (let gone = BATCH; gone === BATCH; total += gone) {
          signal.throwIfAborted();
          gone = await remove(runtime.em(tenantId), payload, BATCH);
        }
        removed[what] = total;
      }
      return removed;
    },
  };
}
