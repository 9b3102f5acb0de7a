import { all, any, type Sql, sql } from './sql.ts';

/** One kind of reason to see a row: a condition, and a column that holds one of some ids where the reason is a place. */
export interface Branch {
  when: Sql;
  among?: { column: string; ids: readonly string[] };
}

/** The rows that somebody sees: those of any branch, and none where there is no branch. */
export type Visible = readonly Branch[];

/** Every row. */
export const everything: Visible = [{ when: sql('true') }];

/**
 * So many places are looked up one by one, each in its part of an index; the rows of more are found fast enough by reading the list and leaving
 * out what lies elsewhere.
 */
const MAX_LOOKUPS = 200;

const inOne = ({ when, among }: Branch): Sql => (among ? all(when, sql(`${among.column} = any(?)`, among.ids)) : when);

/** The branches as one condition, for rows that are found by their ids or their parent. */
export const seenBy = (visible: Visible): Sql => any(...visible.map(inOne));

/** One page of a list, in SQL: what every branch begins with, and where it ends. */
export interface Slice {
  /** What follows `select`: the columns by which the list is sorted. */
  keys: string;
  from: string;
  where: Sql;
  orderBy: string;
  limit: number;
}

const pageOf = ({ keys, from, where, orderBy, limit }: Slice, condition: Sql): Sql => {
  const { sql: text, params } = all(where, condition);
  return sql(`select ${keys} from ${from} where ${text} order by ${orderBy} limit ${limit}`, ...params);
};

function branchPage(slice: Slice, branch: Branch): Sql {
  const { when, among } = branch;
  if (!among || among.ids.length > MAX_LOOKUPS) return pageOf(slice, inOne(branch));
  const each = pageOf(slice, all(when, sql(`${among.column} = place.id`)));
  const lookups = `select found.* from unnest(cast(? as uuid[])) as place(id) cross join lateral (${each.sql}) as found`;
  return sql(lookups, among.ids, ...each.params);
}

const union = (pages: readonly Sql[]): Sql =>
  sql(pages.map((page) => `(${page.sql})`).join('\nunion '), ...pages.flatMap(({ params }) => params));

/**
 * The same below one parent, which `where` names: its rows are few places, so none is looked up by itself.
 */
export const visiblePageBelow = (visible: Visible, slice: Slice): Sql =>
  union(visible.map((branch) => pageOf(slice, inOne(branch))));

/**
 * The sort keys of one page of what somebody sees. Each branch reads its own first rows by an index and the first of those are the page, so that
 * few visible rows among many others cost no more than many.
 */
export function visiblePage(visible: Visible, slice: Slice): Sql {
  // A row may be seen for two reasons, so the branches are a union without `all`.
  return union(visible.map((branch) => branchPage(slice, branch)));
}
