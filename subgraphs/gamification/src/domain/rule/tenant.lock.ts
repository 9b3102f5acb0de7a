import type { EntityManager } from '@mikro-orm/postgresql';

const LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 4117))';
const held = new WeakSet<EntityManager>();

/**
 * Takes a tenant's events, rules and grants by rule for this transaction alone until it ends. One after the other, nobody misses an event between the past that
 * is looked through and the present, no two rules become a circle, and people's standings are never locked crosswise.
 */
export async function lockTenant(tx: EntityManager, tenantId: string): Promise<void> {
  if (held.has(tx)) return;
  await tx.execute(LOCK, [tenantId]);
  held.add(tx);
}
