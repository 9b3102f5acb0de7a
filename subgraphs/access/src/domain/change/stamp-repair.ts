import type { EntityManager } from '@mikro-orm/postgresql';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { writeStamps } from './change.service.ts';
import type { Stamps } from './ledger.ts';
import { markStamped } from './stamp-marks.ts';

interface Unstamped {
  seq: string;
  tenant_id: string | null;
  stamps: Stamps;
}

const BATCH = 500;
const UNSTAMPED = `select seq, tenant_id, stamps from access_change where not stamped order by seq limit ${BATCH}`;

export interface RepairPorts {
  em(tenantId: string | null): EntityManager;
  stamps: KeyValueStore;
}

/**
 * Confirms the stamps of changes whose writer died, or lost the store, between commit and answer. Idempotent; returns how many changes
 * it confirmed. Throws SubgraphUnavailable while the store does not answer.
 */
export async function repairStamps({ em, stamps }: RepairPorts): Promise<number> {
  let repaired = 0;
  for (;;) {
    const rows = await em(null).execute<Unstamped[]>(UNSTAMPED, [], 'all', { enabled: false });
    for (const row of rows) await writeStamps(stamps, row.stamps);
    for (const [tenantId, changes] of Map.groupBy(rows, (row) => row.tenant_id)) {
      await markStamped(
        em(tenantId),
        changes.map((row) => row.seq),
      );
    }
    repaired += rows.length;
    if (rows.length < BATCH) return repaired;
  }
}
