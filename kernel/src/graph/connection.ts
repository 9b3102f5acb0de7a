import { type CursorCodec, type CursorValue, cursorCodec, type Order } from './cursor.ts';
import { InvalidInput } from './errors.ts';
import { type KeysetSql, keysetOrderSql, keysetWhere, type Placeholder, reversed } from './keyset.ts';

/** The paging arguments of a connection field, as GraphQL hands them over. */
export interface ConnectionArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

export interface PageLimits {
  defaultSize?: number;
  max?: number;
}

/** What the paging arguments ask for. */
export interface PageArgs {
  size: number;
  /** True where `last` asks for the end of the list. */
  backwards: boolean;
  after: string | null;
  before: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/** A page in the shape of Relay's Cursor Connections. `totalCount` counts when it is asked for, and at most once. */
export interface Connection<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
  totalCount?: () => Promise<number>;
}

/** The rows that a page needs: at most `limit`, in `order`, that meet the condition. */
export interface Slice {
  limit: number;
  order: Order;
  /** Whether `order` is the list's read from its end. */
  backwards: boolean;
  /** Values of the list's order between which the rows lie, both ends left out; null where there is no bound. */
  after: CursorValue[] | null;
  before: CursorValue[] | null;
  where(placeholder?: Placeholder): KeysetSql;
  orderSql: string;
}

export interface PaginateOptions<T> {
  /** Name of the list: a cursor of another list or order is refused. */
  list: string;
  args: ConnectionArgs;
  /** The last term must make rows unique. */
  order: Order;
  fetch(slice: Slice): Promise<readonly T[]>;
  totalCount?: () => Promise<number>;
  limits?: PageLimits;
}

/** Checks the paging arguments. Pages hold 20 rows by default, 100 at most. Throws InvalidInput that names each wrong argument. */
export function pageArgs(args: ConnectionArgs, { defaultSize = 20, max = 100 }: PageLimits = {}): PageArgs {
  const first = args.first ?? null;
  const last = args.last ?? null;
  const isSize = (size: number) => Number.isInteger(size) && size >= 1 && size <= max;
  const problems: Record<string, string> = {};
  if (first !== null && !isSize(first)) problems.first = `must be between 1 and ${max}`;
  if (last !== null && !isSize(last)) problems.last = `must be between 1 and ${max}`;
  if (first !== null && last !== null) problems.last = 'cannot be combined with first';
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return {
    size: first ?? last ?? defaultSize,
    backwards: last !== null,
    after: args.after ?? null,
    before: args.before ?? null,
  };
}

function readCursors(
  codec: CursorCodec,
  page: PageArgs,
): { after: CursorValue[] | null; before: CursorValue[] | null } {
  const after = page.after === null ? null : codec.decode(page.after);
  const before = page.before === null ? null : codec.decode(page.before);
  const problems: Record<string, string> = {};
  if (page.after !== null && !after) problems.after = 'is not a cursor of this list';
  if (page.before !== null && !before) problems.before = 'is not a cursor of this list';
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return { after, before };
}

function sliceOf(order: Order, page: PageArgs, codec: CursorCodec): Slice {
  const { after, before } = readCursors(codec, page);
  const bounds: [Order, CursorValue[]][] = [];
  if (after) bounds.push([order, after]);
  if (before) bounds.push([reversed(order), before]);
  const read = page.backwards ? reversed(order) : order;
  return {
    limit: page.size + 1,
    order: read,
    backwards: page.backwards,
    after,
    before,
    orderSql: keysetOrderSql(read),
    where: (placeholder = () => '?') => whereOf(bounds, placeholder),
  };
}

function whereOf(bounds: [Order, CursorValue[]][], placeholder: Placeholder): KeysetSql {
  const params: CursorValue[] = [];
  const parts = bounds.map(([order, cursor]) => {
    const offset = params.length;
    const part = keysetWhere(order, cursor, (position) => placeholder(offset + position));
    params.push(...part.params);
    return part.sql;
  });
  return { sql: parts.join(' and ') || 'true', params };
}

function once(count: () => Promise<number>): () => Promise<number> {
  let counted: Promise<number> | undefined;
  return () => {
    counted ??= count();
    return counted;
  };
}

function pageInfo(edges: Edge<unknown>[], page: PageArgs, more: boolean): PageInfo {
  return {
    hasNextPage: page.backwards ? page.before !== null : more,
    hasPreviousPage: page.backwards ? more : page.after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}

/**
 * One page of any list: `fetch` reads one row more than the page shows, to know whether there are others. Throws InvalidInput for
 * wrong paging arguments and for cursors of another list.
 */
export async function paginate<T>(options: PaginateOptions<T>): Promise<Connection<T>> {
  const { list, args, order, fetch, totalCount, limits } = options;
  const page = pageArgs(args, limits);
  const codec = cursorCodec(list, order);
  const rows = await fetch(sliceOf(order, page, codec));
  const shown = rows.slice(0, page.size);
  if (page.backwards) shown.reverse();
  const edges = shown.map((node) => ({ cursor: codec.encode(node), node }));
  const connection = { edges, pageInfo: pageInfo(edges, page, rows.length > page.size) };
  return totalCount ? { ...connection, totalCount: once(totalCount) } : connection;
}
