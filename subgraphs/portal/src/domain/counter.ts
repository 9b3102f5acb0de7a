import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';

interface Count {
  id: string;
  count: number;
}

/** Counts for many parents in one statement, which takes the tenant and an array of parent ids and answers `id` and `count`. */
export function counter(ctx: BaseContext, sql: string): Loader<string, Count | null> {
  return loaderBy(
    (ids: readonly string[]) => ctx.em.execute<Count[]>(sql, [ctx.tenantId, `{${ids.join(',')}}`]),
    (row) => row.id,
  );
}
