import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { SqlCondition } from '@polity/kernel/access/visibility';
import { type Connection, type ConnectionArgs, paginate, type Slice } from '@polity/kernel/graph/connection';
import type { Order } from '@polity/kernel/graph/cursor';
import { groupLoaderBy, type Loader } from '@polity/kernel/graph/loader';
import { both } from './sql.ts';

/** A list that hangs below many parents. In its SQL the rows are called `t`. */
export interface NestedList<T extends object> {
  /** Name of the list for its cursors. */
  name: string;
  entity: EntityName<T>;
  /** What follows `from`, such as `post t`. */
  from: string;
  /** Column that holds the parent's id, such as `t.team_id`. */
  parent: string;
  where: SqlCondition;
  order: Order;
}

/** Reads one page below a parent; all parents of one field share one statement. */
export type NestedPages = <T extends object>(
  list: NestedList<T>,
  parentId: string,
  args: ConnectionArgs,
) => Promise<Connection<T>>;

type Source = Pick<NestedList<object>, 'from' | 'parent' | 'where'>;

interface Row {
  parent_id: string;
}

function statement({ from, parent, where }: Source, tenantId: string, slice: Slice): SqlCondition {
  const { sql, params } = both(
    { sql: 't.tenant_id = ?', params: [tenantId] },
    both(where, slice.where() as SqlCondition),
  );
  return {
    sql: `select p.id as parent_id, t.* from unnest(cast(? as uuid[])) as p(id)
      cross join lateral (select t.* from ${from} where ${parent} = p.id and ${sql}
      order by ${slice.orderSql} limit ${slice.limit}) as t order by ${slice.orderSql}`,
    params,
  };
}

/** The pages of one request; a page is read again after `forget`. */
export function nestedPages(em: EntityManager, tenantId: string): NestedPages {
  const loaders = new Map<string, Loader<string, Row[]>>();

  function loaderFor(list: Source, slice: Slice): Loader<string, Row[]> {
    const { sql, params } = statement(list, tenantId, slice);
    const key = JSON.stringify([sql, params]);
    const read = (parents: readonly string[]) => em.execute<Row[]>(sql, [`{${parents.join(',')}}`, ...params]);
    const loader = loaders.get(key) ?? groupLoaderBy<string, Row>(read, (row) => row.parent_id);
    loaders.set(key, loader);
    return loader;
  }

  return (list, parentId, args) =>
    paginate({
      list: list.name,
      args,
      order: list.order,
      fetch: async (slice) => {
        const rows = await loaderFor(list, slice).load(parentId);
        return rows.map((row) => em.map(list.entity, row as never));
      },
    });
}
