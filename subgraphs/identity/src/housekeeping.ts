import type { EntityManager } from '@mikro-orm/postgresql';
import type { Runtime } from '@polity/kernel/graph/subgraph';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** How long an account waits for its activation; it holds nothing but the address, which another sign-up may use meanwhile. */
const PENDING_MS = 7 * DAY_MS;

const SWEEPS = ['delete from token where expires_at < ?', 'delete from trusted_device where expires_at < ?'] as const;
const ABANDONED = `select id from user_account u where status = 'PENDING' and created_at < ?
  and not exists (select 1 from token t where t.user_id = u.id and t.expires_at >= ?)`;

/** Removes what is over: tokens and trusts a day after their end, and accounts that nobody activated within a week. */
export async function sweep(em: EntityManager, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - DAY_MS);
  await em.transactional(async (tx) => {
    for (const sql of SWEEPS) await tx.execute(sql, [yesterday]);
    const lastWeek = new Date(now.getTime() - PENDING_MS);
    const abandoned = `delete from user_account where id in (${ABANDONED})`;
    await tx.execute(`delete from token where user_id in (${ABANDONED})`, [lastWeek, now]);
    await tx.execute(abandoned, [lastWeek, now]);
  });
}

/** Sweeps once an hour until it is stopped; a sweep that fails is logged, and the next one does its work. */
export function startHousekeeping(runtime: Runtime): () => void {
  const work = () =>
    sweep(runtime.em(null), runtime.clock.now()).catch((error: unknown) =>
      runtime.log.error({ err: error }, 'housekeeping failed'),
    );
  const timer = setInterval(work, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
