import { setTimeout as sleep } from 'node:timers/promises';
import { DeadlockException, type EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '../access/authorizer.ts';
import type { BaseContext } from '../graph/subgraph.ts';
import { type ConstraintErrors, constraintErrorOr } from './constraints.ts';

const ATTEMPTS = 3;
/** Longest pause before the second attempt, in milliseconds; it doubles with each. The one that goes on gets through meanwhile. */
const PAUSE_MS = 20;

/** PostgreSQL ends one of two transactions that wait for each other, or that cannot be put in an order; nothing of it has happened. */
async function againAfterDeadlock<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof DeadlockException)) throw error;
    }
    await sleep(PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
}

/**
 * Runs the act of a verb in one transaction with rows of its own, then has the request forget what it read before. The act may run up to three
 * times, as PostgreSQL ends one of two transactions that deadlock. Breaches of the named constraints are thrown as the declared errors.
 */
export async function write<Result>(
  ctx: Pick<BaseContext, 'em' | 'forget'>,
  act: (tx: EntityManager) => Promise<Result>,
  errors: ConstraintErrors = {},
): Promise<Result> {
  try {
    // A failed flush leaves its rows pending on the manager that it ran on, so no two transactions share one.
    return await againAfterDeadlock(() => ctx.em.fork().transactional((tx) => act(tx as EntityManager)));
  } catch (error) {
    throw constraintErrorOr(error, errors);
  } finally {
    ctx.forget();
  }
}

/**
 * `write` for verbs that destroy or hand over: what the viewer may do is read again within the transaction, so that a right that was taken away since
 * the operation began no longer counts.
 */
export async function writeWithFreshAccess<Result>(
  ctx: Pick<BaseContext, 'em' | 'forget' | 'access'>,
  act: (tx: EntityManager, authorizer: Authorizer) => Promise<Result>,
  errors: ConstraintErrors = {},
): Promise<Result> {
  return write(ctx, async (tx) => act(tx, await ctx.access.fresh()), errors);
}
