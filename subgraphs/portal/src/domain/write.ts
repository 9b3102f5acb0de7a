import type { EntityManager } from '@mikro-orm/postgresql';
import type { Asker } from '@polity/kernel/access/asker';
import type { Context } from '../context.ts';

/** Runs a writing verb in one transaction on rows of its own, and forgets what the request read before. */
export async function write<T>(ctx: Context, act: (tx: EntityManager) => Promise<T>): Promise<T> {
  // A failed flush leaves its rows pending on the manager that it ran on, so no two verbs share one.
  const result = await ctx.em.transactional((tx) => act(tx as EntityManager), { clear: true });
  ctx.forget();
  return result;
}

/** The same for verbs that destroy or hand over: what the viewer may do is read again inside the transaction. */
export async function overwrite<T>(ctx: Context, act: (tx: EntityManager, asker: Asker) => Promise<T>): Promise<T> {
  return write(ctx, async (tx) => act(tx, await ctx.access.fresh()));
}
