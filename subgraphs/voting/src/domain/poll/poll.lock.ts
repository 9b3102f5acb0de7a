import type { EntityManager } from '@mikro-orm/postgresql';

// Whoever votes shares the lock and whoever opens, closes or cancels has it alone, so that no ballot is cast after a poll closed, and thousands
// can be cast at once: a lock on the row itself would be written to disk with each ballot.
const SHARED = 'select pg_advisory_xact_lock_shared(hashtextextended(?, 4104))';
const ALONE = 'select pg_advisory_xact_lock(hashtextextended(?, 4104))';

/** Holds the poll as it is until the transaction ends, beside others who do. */
export async function holdPoll(tx: EntityManager, pollId: string): Promise<void> {
  await tx.execute(SHARED, [pollId]);
}

/** Waits for all who hold the poll, and keeps them out until the transaction ends. What is read of it comes after this. */
export async function lockPoll(tx: EntityManager, pollId: string): Promise<void> {
  await tx.execute(ALONE, [pollId]);
}
