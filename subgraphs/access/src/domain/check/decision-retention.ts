import type { EntityManager } from '@mikro-orm/postgresql';

export interface Retention {
  em(tenantId: string | null): EntityManager;
  /** Days after which logged decisions are dropped. */
  days: number;
  now: Date;
}

/** Drops logged decisions that are too old, tenant by tenant; returns how many. The history of changes is kept for ever. */
export async function dropOldDecisions({ em, days, now }: Retention): Promise<number> {
  const before = new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
  const tenants = await em(null).execute<{ tenant_id: string }[]>('select tenant_id from tenant_version');
  let dropped = 0;
  for (const { tenant_id: tenantId } of tenants) {
    const sql = `with gone as (delete from decision_log where tenant_id = ?::uuid and at < ?::timestamptz returning 1) select count(*) as n from gone`;
    const [row] = await em(tenantId).execute<[{ n: string }]>(sql, [tenantId, before]);
    dropped += Number(row.n);
  }
  return dropped;
}
