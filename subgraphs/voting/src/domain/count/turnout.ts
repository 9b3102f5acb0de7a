import type { EntityManager } from '@mikro-orm/postgresql';
import type { PollRow } from '../poll/poll.entity.ts';
import type { TurnoutPoint } from './count.entity.ts';

// A hundred moments at most: the last ballot of each hundredth of the time in which there were any.
const OVER = `with timed as (
    select cast_at, row_number() over (order by cast_at) as cast_so_far,
      ntile(100) over (order by cast_at) as part
    from ballot where tenant_id = ? and poll_id = ? and invalidated_at is null)
  select max(cast_at) as at, max(cast_so_far)::int as cast from timed group by part order by part`;

/** How the number of ballots grew, from their own times. */
export async function turnoutOver(em: EntityManager, { tenantId, id }: PollRow): Promise<TurnoutPoint[]> {
  const rows = await em.execute<{ at: Date | string; cast: number }[]>(OVER, [tenantId, id]);
  return rows.map(({ at, cast }) => ({ occurredAt: new Date(at).toISOString(), cast }));
}
