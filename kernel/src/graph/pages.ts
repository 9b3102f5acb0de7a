import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Row } from '../db/row.ts';
import { columnOf, type Query, type RowBelow, readRows, readRowsBelow, type Where } from '../db/rows.ts';
import { type Connection, type ConnectionArgs, type PageLimits, paginate, type Slice } from './connection.ts';
import type { Order } from './cursor.ts';
import { groupLoaderBy, type Loader } from './loader.ts';

/** A list of rows of one entity that can be read in pages. */
export interface RowList<Entity> extends Pick<Query<Entity>, 'visible' | 'join'> {
  /** Name of the list: a cursor of another list or order is refused. */
  list: string;
  where?: Where<Entity> | readonly Where<Entity>[];
  /** By properties; the last one must make rows unique. */
  order: Order;
  limits?: PageLimits;
}

/** A list that hangs below a parent. */
export interface ListBelow<Entity> extends RowList<Entity> {
  entity: EntityName<Entity>;
  /** Column that holds the parent's id, such as `t.team_id`. */
  parent: string;
  /** Tables, where the parent's id stands in another one: `membership m join team t on t.id = m.team_id`. */
  from?: string;
}

/** Reads one page below a parent; all parents of one field share one statement. */
export type PagesBelow = <Entity extends object>(
  list: ListBelow<Entity>,
  parentId: string,
  args: ConnectionArgs,
) => Promise<Connection<Row<Entity>>>;

/** Names in the database's order; the id breaks ties. */
export const byName: Order = [
  { column: 'name', direction: 'asc', type: 'text' },
  { column: 'id', direction: 'asc', type: 'uuid' },
];

/** UUIDv7 ids ascend with time. */
export const oldestFirst: Order = [{ column: 'id', direction: 'asc', type: 'uuid' }];
export const newestFirst: Order = [{ column: 'id', direction: 'desc', type: 'uuid' }];

function inSql<Entity>(em: EntityManager, entity: EntityName<Entity>, order: Order): Order {
  return order.map((term) => ({ ...term, sql: columnOf(em, entity, term.column) }));
}

function queryOf<Entity>({ where = [], visible, join }: RowList<Entity>, slice: Slice): Query<Entity> & Sorted {
  const wanted = (Array.isArray(where) ? where : [where]) as Where<Entity>[];
  return {
    where: [...wanted, slice.where()],
    ...(visible && { visible }),
    ...(join && { join }),
    order: slice.order.map(({ sql, direction }) => ({ column: sql as string, direction })),
    limit: slice.limit,
  };
}

type Sorted = Required<Pick<Query<object>, 'order' | 'limit'>>;

/** One page of a list in one statement. Throws as `paginate` does. */
export function pageOf<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  list: RowList<Entity> & { args: ConnectionArgs },
): Promise<Connection<Row<Entity>>> {
  return paginate<Row<Entity>>({
    ...list,
    order: inSql(em, entity, list.order),
    fetch: (slice) => readRows(em, entity, queryOf(list, slice)),
  });
}

/** The pages below parents of one request. */
export function pagesBelow(em: EntityManager): PagesBelow {
  const loaders = new Map<string, Loader<string, RowBelow<object>[]>>();

  function loaderFor<Entity extends object>(list: ListBelow<Entity>, slice: Slice): Loader<string, RowBelow<object>[]> {
    const { entity, parent, from } = list;
    const query = { ...queryOf(list, slice), parent, ...(from && { from }) };
    const key = JSON.stringify([list.list, query]);
    const known = loaders.get(key);
    if (known) return known;
    const read = (parents: readonly string[]) => readRowsBelow(em, entity, query, parents);
    const loader = groupLoaderBy<string, RowBelow<object>>(read as never, ({ parentId }) => parentId);
    loaders.set(key, loader);
    return loader;
  }

  return <Entity extends object>(list: ListBelow<Entity>, parentId: string, args: ConnectionArgs) =>
    paginate<Row<Entity>>({
      ...list,
      args,
      order: inSql(em, list.entity, list.order),
      fetch: async (slice) => (await loaderFor(list, slice).load(parentId)).map(({ row }) => row as Row<Entity>),
    });
}
