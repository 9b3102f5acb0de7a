import type { EntityManager } from '@mikro-orm/postgresql';
import { Conflict } from '@polity/kernel/graph/errors';

/** Series at one scope that are not over. Whoever reads a calendar looks at each of them, so that nobody may fill one without end. */
const MAX_SERIES = 1_000;

/** Thrown where a scope has as many series as it may. */
class TooManySeries extends Conflict {
  constructor() {
    super(`There are ${MAX_SERIES} series here that are not over. End some of them first.`, {
      reason: 'TOO_MANY_SERIES',
    });
  }
}

/** What says where something lies. */
interface Placed {
  tenantId: string;
  communityId?: string | null | undefined;
  teamId?: string | null | undefined;
}

const COUNT = `select count(*)::int as n from (select 1 from event where tenant_id = ? and community_id is not distinct from ?::uuid
  and team_id is not distinct from ?::uuid and recurrence is not null and (span_ends_at is null or span_ends_at >= ?) limit ${MAX_SERIES}) as running`;

/** Throws TooManySeries where another series would be one too many; some that are made at the same instant may pass. */
export async function mustHaveRoomForSeries(
  tx: EntityManager,
  { tenantId, communityId = null, teamId = null }: Placed,
  now: Date,
): Promise<void> {
  const [row] = await tx.execute<[{ n: number }]>(COUNT, [tenantId, communityId, teamId, now]);
  if (row.n >= MAX_SERIES) throw new TooManySeries();
}
