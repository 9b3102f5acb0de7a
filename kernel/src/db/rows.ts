import type { EntityMetadata, EntityName, EntityProperty, FilterDef } from '@mikro-orm/core';
import type { EntityManager, PostgreSqlPlatform } from '@mikro-orm/postgresql';
import { isUuid } from '../ids.ts';
import { everything, seenBy, type Visible, visiblePage, visiblePageBelow } from './branches.ts';
import type { LendingDriver } from './lending.ts';
import { compileShape, type Row, type Shape } from './row.ts';
import { all, always, any, never, numbered, type Sql, sql } from './sql.ts';

/** Values that properties have: one, none, or one of several. What is no id belongs to no row. */
export type Match<Entity> = { readonly [Key in keyof Entity]?: unknown };

/** A condition on the rows of an entity, in SQL over the alias `t` or as the values of its properties. */
export type Where<Entity> = Sql | Match<Entity>;

interface Reading {
  where?: readonly Where<object>[];
  visible?: Visible;
  join?: readonly string[];
  /** Sorted by these columns, such as `t.name`; the last one is unique. */
  order?: { column: string; direction: 'asc' | 'desc' }[];
  /** At most so many rows; any number where absent. */
  limit?: number;
}

/** Which rows of an entity to read. Its table is called `t`; the tenant of the manager is always part of the condition. */
export interface Query<Entity> extends Reading {
  where?: readonly Where<Entity>[];
  /** Properties that refer to another row, which is read along. */
  join?: readonly (keyof Entity & string)[];
}

const shapes = new WeakMap<EntityMetadata, Shape>();

function shapeOf(em: EntityManager, meta: EntityMetadata): Shape {
  const known = shapes.get(meta) ?? compileShape(meta, em.getPlatform() as PostgreSqlPlatform);
  shapes.set(meta, known);
  return known;
}

const isSql = (where: object): where is Sql => 'sql' in where && 'params' in where;

function propertyOf(meta: EntityMetadata, name: string): EntityProperty {
  const prop = meta.properties[name as never] as EntityProperty | undefined;
  if (!prop) throw new Error(`${meta.name} has no property ${name}.`);
  return prop;
}

/** The column of a property, such as `t.created_at`. */
export function columnOf<Entity>(em: EntityManager, entity: EntityName<Entity>, name: string): string {
  return `t.${propertyOf(targetOf(em, entity).meta, name).fieldNames[0]}`;
}

function valueIs(meta: EntityMetadata, name: string, value: unknown): Sql {
  const prop = propertyOf(meta, name);
  const column = `t.${prop.fieldNames[0]}`;
  const fits = (each: unknown) => !prop.columnTypes?.includes('uuid') || isUuid(each);
  if (value === null) return sql(`${column} is null`);
  if (Array.isArray(value)) return sql(`${column} = any(?)`, value.filter(fits));
  return fits(value) ? sql(`${column} = ?`, value) : never;
}

/** The condition in SQL; absent values match everything. */
export function conditionOf<Entity>(meta: EntityMetadata, where: Where<Entity>): Sql {
  if (isSql(where)) return where;
  const given = Object.entries(where).filter(([, value]) => value !== undefined);
  return all(...given.map(([name, value]) => valueIs(meta, name, value)));
}

/** The tenant filter of the entity as a condition: the wall of the query, beside the one that the database has. */
function wallOf(em: EntityManager, meta: EntityMetadata): Sql {
  const filter = meta.filters?.tenant as FilterDef | undefined;
  if (!filter) return always;
  const { $or, ...own } = (filter.cond as (args: unknown) => { $or?: object[] })(em.getFilterParams('tenant'));
  const alternatives = $or?.map((each) => conditionOf(meta, each)) ?? [always];
  return all(conditionOf(meta, own), any(...alternatives));
}

/** How many rows the branches read: few sizes, so that a statement is planned once for all sizes of pages. */
const READ_SIZES = [21, 101];

interface Target {
  em: EntityManager;
  meta: EntityMetadata;
}

const tableOf = ({ meta }: Target): string => `"${meta.tableName}" t`;

function joinsOf({ em, meta }: Target, names: readonly string[]) {
  return names.map((name, index) => {
    const { targetMeta, fieldNames } = propertyOf(meta, name);
    const shape = shapeOf(em, targetMeta as EntityMetadata);
    const alias = `j${index}`;
    const sameTenant =
      targetMeta?.properties['tenantId' as never] && meta.properties['tenantId' as never]
        ? ` and ${alias}.tenant_id = t.tenant_id`
        : '';
    const text = `left join "${targetMeta?.tableName}" ${alias} on ${alias}.id = t.${fieldNames[0]}${sameTenant}`;
    return { name, shape, text, columns: shape.columns.map((column) => `${alias}.${column}`) };
  });
}

/** What is selected of an entity and of the rows that it refers to, and how an array of the values becomes a row. */
function selection(target: Target, names: readonly string[]) {
  const own = shapeOf(target.em, target.meta);
  const joins = joinsOf(target, names);
  const columns = [...own.columns.map((column) => `t.${column}`), ...joins.flatMap((join) => join.columns)];
  function read(values: readonly unknown[], from: number): object {
    const joined = new Map<string, object | null>();
    let position = from + own.columns.length;
    for (const { name, shape } of joins) {
      joined.set(name, shape.read(values, position));
      position += shape.columns.length;
    }
    return own.read(values, from, joined) as object;
  }
  return { columns: columns.join(', '), joins: joins.map(({ text }) => text).join(' '), read };
}

const orderText = (order: Reading['order'] = []) =>
  order.map(({ column, direction }) => `${column} ${direction}`).join(', ');

type Selection = ReturnType<typeof selection>;

function plainStatement(table: string, { columns, joins }: Selection, where: Sql, { order, limit }: Reading): Sql {
  const sorted = order ? ` order by ${orderText(order)}` : '';
  const some = limit === undefined ? '' : ' limit ?';
  const text = `select ${columns} from ${table} ${joins} where ${where.sql}${sorted}${some}`;
  return sql(text, ...where.params, ...(limit === undefined ? [] : [limit]));
}

type Sorted = Required<Pick<Reading, 'visible' | 'order' | 'limit'>>;

/** What follows `from` for the first rows that are seen for several reasons: their sort keys, and the table that these are joined with. */
function foundBy(
  pageOf: typeof visiblePage,
  from: string,
  where: Sql,
  { visible, order, limit }: Sorted,
  table = from,
) {
  const size = READ_SIZES.find((each) => each >= limit) ?? limit;
  const names = order.map((_, index) => `k${index}`);
  const keys = order.map(({ column }, index) => `${column} as ${names[index]}`).join(', ');
  const page = pageOf(visible, { keys, from, where, orderBy: orderText(order), limit: size });
  const byKey = order.map(({ direction }, index) => `${names[index]} ${direction}`).join(', ');
  const found = `(select * from (${page.sql}) as seen order by ${byKey} limit ${size}) as page`;
  return sql(`${found} join ${table} on ${order.at(-1)?.column} = page.${names.at(-1)}`, ...page.params);
}

/** A page of a list that is seen for several reasons: first the sort keys of its rows, then the rows themselves. */
function pageStatement(table: string, { columns, joins }: Selection, where: Sql, query: Sorted): Sql {
  const { order, limit } = query;
  const page = foundBy(visiblePage, table, where, query);
  const text = `select ${columns} from ${page.sql} ${joins} order by ${orderText(order)} limit ?`;
  return sql(text, ...page.params, limit);
}

function statementOf(target: Target, chosen: Selection, query: Reading): Sql {
  const { meta, em } = target;
  const { visible = everything, order, limit, where = [] } = query;
  const table = tableOf(target);
  const walls = all(wallOf(em, meta), ...where.map((each) => conditionOf(meta, each)));
  if (visible !== everything && order && limit !== undefined && visible.length > 0) {
    return pageStatement(table, chosen, walls, { visible, order, limit });
  }
  return plainStatement(table, chosen, visible === everything ? walls : all(walls, seenBy(visible)), query);
}

const run = (em: EntityManager, statement: Sql): Promise<unknown[][]> =>
  (em.getDriver() as LendingDriver).read(em, numbered(statement.sql), statement.params);

function targetOf<Entity>(em: EntityManager, entity: EntityName<Entity>): Target {
  return { em, meta: em.getMetadata().get(entity as never) as EntityMetadata };
}

/** Rows of an entity in one prepared statement, in the transaction of `em` where one is open. */
export async function readRows<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  query: Query<Entity>,
): Promise<Row<Entity>[]> {
  // What nothing can meet is not asked.
  if (query.where?.includes(never)) return [];
  const target = targetOf(em, entity);
  const chosen = selection(target, query.join ?? []);
  const found = await run(em, statementOf(target, chosen, query));
  return found.map((values) => chosen.read(values, 0) as Row<Entity>);
}

/** The first row that fits; null where none does. */
export async function readRow<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  query: Omit<Query<Entity>, 'limit'>,
): Promise<Row<Entity> | null> {
  return (await readRows(em, entity, query))[0] ?? null;
}

/** Rows that hang below many parents, each parent with at most `limit` of its own. */
export interface QueryBelow<Entity> extends Query<Entity> {
  /** Column that holds the parent's id, such as `t.team_id`. */
  parent: string;
  /** What follows `from` where the parent's id stands in another table, such as `membership m join team t on t.id = m.team_id`. */
  from?: string;
  order: { column: string; direction: 'asc' | 'desc' }[];
  limit: number;
}

/** A row and the parent below which it was found. */
export interface RowBelow<Entity> {
  parentId: string;
  row: Row<Entity>;
}

/** The first rows below one parent. Those that are seen for several reasons are found by one index for each. */
function firstBelow(target: Target, from: string, below: Sql, query: Sorted): Sql {
  const { visible, order, limit } = query;
  const sorted = `order by ${orderText(order)}`;
  if (visible.length > 1) {
    const page = foundBy(visiblePageBelow, from, below, query, tableOf(target));
    return sql(`select t.* from ${page.sql} ${sorted}`, ...page.params);
  }
  const size = READ_SIZES.find((each) => each >= limit) ?? limit;
  const condition = all(below, seenBy(visible));
  return sql(`select t.* from ${from} where ${condition.sql} ${sorted} limit ${size}`, ...condition.params);
}

/** First rows of many parents in one prepared statement. */
export async function readRowsBelow<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  query: QueryBelow<Entity>,
  parents: readonly string[],
): Promise<RowBelow<Entity>[]> {
  if (query.where?.includes(never)) return [];
  const target = targetOf(em, entity);
  const { parent, order, limit, visible = everything, where = [], join = [], from = tableOf(target) } = query;
  const { columns, joins, read } = selection(target, join);
  const wanted = where.map((each) => conditionOf(target.meta, each));
  const below = all(sql(`${parent} = parent.id`), wallOf(em, target.meta), ...wanted);
  const first = firstBelow(target, from, below, { visible, order, limit });
  const text = `select parent.id, ${columns} from unnest(cast(? as uuid[])) as parent(id)
    cross join lateral (select * from (${first.sql}) as first limit ?) as t ${joins} order by ${orderText(order)}`;
  const found = await run(em, sql(text, parents.filter(isUuid), ...first.params, limit));
  return found.map((values) => ({ parentId: values[0] as string, row: read(values, 1) as Row<Entity> }));
}
