import { findPlace } from '@polity/kernel/access/place';
import { scopeStub } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { never, type Sql, sql } from '@polity/kernel/db/sql';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../context.ts';
import type { EventRow } from './event/event.entity.ts';
import { codes } from './event/event.policy.ts';

/** The entity of another subgraph where an event lies; null where the viewer does not see that place. */
export async function scopeOf(ctx: Context, event: EventRow) {
  const scope = event.scopeRef();
  const place = scope.type === 'TENANT' ? { scope } : await findPlace(ctx.access, scope, codes);
  return place && scopeStub(scope);
}

/** The same in SQL. */
export function lyingAtSql({ type, id }: ScopeRef): Sql {
  // What is no id is no place.
  if (!isUuid(id)) return never;
  if (type === 'TEAM') return sql('t.team_id = ?', id);
  if (type === 'COMMUNITY') return sql('t.community_id = ? and t.team_id is null', id);
  return sql('t.tenant_id = ? and t.community_id is null and t.team_id is null', id);
}
