import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { JobDefinition } from '@polity/kernel/jobs/job';

// A trigger writes a change beside each membership that begins or ends, in its transaction; a job adds changes up. A count is what was added up and
// what was not, read in one statement, so it is exact at every moment.

interface Count {
  id: string;
  members: number;
}

const COUNTS = `select place.id, (coalesce(c.members, 0) + coalesce(
    (select sum(delta) from member_count_change where tenant_id = ?::uuid and place_id = place.id), 0))::int as members
  from unnest(?::uuid[]) as place(id) left join member_count c on c.tenant_id = ?::uuid and c.place_id = place.id`;

/** Members of communities and teams, many in one statement. */
export function memberCounts({ em, tenantId }: BaseContext): Loader<string, Count | null> {
  return loaderBy(
    (ids: readonly string[]) => em.execute<Count[]>(COUNTS, [tenantId, `{${ids.join(',')}}`, tenantId]),
    ({ id }) => id,
  );
}

/** Changes that one statement adds up. */
const BATCH = 10_000;

export const foldMemberCounts: JobDefinition = {
  name: 'fold-member-counts',
  everyMs: 30_000,
  quiet: true,
  async run({ signal }, { em }) {
    let folded = 0;
    for (let last = BATCH; last === BATCH && !signal.aborted; folded += last) {
      const [row] = await em(null).execute<[{ folded: number }]>('select fold_member_counts(?) as folded', [BATCH]);
      last = row.folded;
    }
    return { folded };
  },
};

/** Finds nothing, unless somebody wrote into the database past the triggers. */
export const reconcileMemberCounts: JobDefinition = {
  name: 'reconcile-member-counts',
  everyMs: 24 * 3_600_000,
  async run(_task, { em, log }) {
    const [{ wrong }] = await em(null).execute<[{ wrong: number }]>('select reconcile_member_counts() as wrong');
    if (wrong > 0) log.warn({ wrong }, 'member counts were wrong, and were corrected');
    return { wrong };
  },
};
