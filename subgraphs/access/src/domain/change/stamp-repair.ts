import type { EntityManager } from '@mikro-orm/postgresql';
import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
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
const UNSTAMPED = `select seq, tenant_id, stamps from access_change
  where not stamped and at <= clock_timestamp() - ? * interval '1 millisecond' order by seq limit ${BATCH}`;

export interface RepairPorts {
  em(tenantId: string | null): EntityManager;
  stamps: KeyValueStore;
  /** Younger changes are left to their writers, who confirm them at once and mark them within a second; 0 for all. */
  minAgeMs?: number;
}

function unavailable(cause: unknown): never {
  throw new SubgraphUnavailable('access', cause);
}

/** Of these changes, how many have a stamp that the store did not have: the others were confirmed, and only not marked yet. */
async function unconfirmed(store: KeyValueStore, rows: readonly Unstamped[]): Promise<number> {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row.stamps)))];
  const kept = await store.getMany(keys);
  const known = new Map(keys.map((key, index) => [key, Number(kept[index] ?? -1)]));
  return rows.filter((row) => Object.entries(row.stamps).some(([key, version]) => (known.get(key) ?? -1) < version))
    .length;
}

/**
 * Confirms the stamps of changes whose writer died, or lost the store, between commit and answer. Idempotent; returns how many changes
 * it confirmed that were not. Throws SubgraphUnavailable while the store does not answer.
 */
export async function repairStamps({ em, stamps, minAgeMs = 0 }: RepairPorts): Promise<number> {
  let repaired = 0;
  for (;;) {
    const rows = await em(null).execute<Unstamped[]>(UNSTAMPED, [minAgeMs], 'all', { enabled: false });
    repaired += await unconfirmed(stamps, rows).catch(unavailable);
    for (const row of rows) await writeStamps(stamps, row.stamps);
    for (const [tenantId, changes] of Map.groupBy(rows, (row) => row.tenant_id)) {
      await markStamped(
        em(tenantId),
        changes.map((row) => row.seq),
      );
    }
    if (rows.length < BATCH) return repaired;
  }
}
