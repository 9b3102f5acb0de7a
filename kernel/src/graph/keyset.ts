import type { CursorValue, Order, OrderTerm } from './cursor.ts';

/** A condition in SQL with `?` placeholders (or others, as asked for) and their values. */
export interface KeysetSql {
  sql: string;
  params: CursorValue[];
}

/** Writes the placeholder of the nth parameter, counted from 1. */
export type Placeholder = (position: number) => string;

// A condition in neutral form: the rows beyond a cursor.
type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { column: OrderTerm; op: '=' | '>' | '<' | '>=' | '<='; value: CursorValue }
  | { column: OrderTerm; isNull: boolean };

const always: Condition = { all: [] };
const never: Condition = { any: [] };

function equals(column: OrderTerm, value: CursorValue): Condition {
  return value === null ? { column, isNull: true } : { column, op: '=', value };
}

/** Null is the largest value, as PostgreSQL sorts it unless told otherwise. */
function beyond(column: OrderTerm, value: CursorValue): Condition {
  if (column.direction === 'asc') {
    return value === null
      ? never
      : {
          any: [
            { column, op: '>', value },
            { column, isNull: true },
          ],
        };
  }
  return value === null ? { column, isNull: false } : { column, op: '<', value };
}

/** Everything that does not come before the value: repeats what follows from the rest, so that an index can find where to start. */
function notBefore(column: OrderTerm, value: CursorValue): Condition {
  if (column.direction === 'desc') return value === null ? always : { column, op: '<=', value };
  return value === null
    ? equals(column, null)
    : {
        any: [
          { column, op: '>=', value },
          { column, isNull: true },
        ],
      };
}

function after(order: Order, cursor: readonly CursorValue[]): Condition {
  const [first, ...rest] = order;
  const [value = null, ...values] = cursor;
  if (!first) return never;
  if (rest.length === 0) return beyond(first, value);
  const tied: Condition = { all: [equals(first, value), after(rest, values)] };
  return { all: [notBefore(first, value), { any: [beyond(first, value), tied] }] };
}

/** The same order read from its end. */
export function reversed(order: Order): Order {
  return order.map((term) => ({ ...term, direction: term.direction === 'asc' ? 'desc' : 'asc' }));
}

function quoted({ sql, column }: OrderTerm): string {
  return (sql ?? column)
    .split('.')
    .map((name) => `"${name.replaceAll('"', '""')}"`)
    .join('.');
}

function toSql(condition: Condition, params: CursorValue[], placeholder: Placeholder): string {
  if ('all' in condition) return joined(condition.all, ' and ', 'true', params, placeholder);
  if ('any' in condition) return joined(condition.any, ' or ', 'false', params, placeholder);
  if ('isNull' in condition) return `${quoted(condition.column)} is ${condition.isNull ? '' : 'not '}null`;
  params.push(condition.value);
  return `${quoted(condition.column)} ${condition.op} ${placeholder(params.length)}`;
}

function joined(parts: Condition[], by: string, none: string, params: CursorValue[], placeholder: Placeholder): string {
  return parts.length === 0 ? none : `(${parts.map((part) => toSql(part, params, placeholder)).join(by)})`;
}

/** Rows that follow the cursor in that order, as SQL. Placeholders are `?` unless `placeholder` writes others. */
export function keysetWhere(
  order: Order,
  cursor: readonly CursorValue[],
  placeholder: Placeholder = () => '?',
): KeysetSql {
  const params: CursorValue[] = [];
  return { sql: toSql(after(order, cursor), params, placeholder), params };
}

/** The order as SQL, without the words `order by`. */
export function keysetOrderSql(order: Order): string {
  return order.map((term) => `${quoted(term)} ${term.direction}`).join(', ');
}
