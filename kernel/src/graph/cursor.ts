import { createHash } from 'node:crypto';
import { isUuid } from '../ids.ts';

/** A value that a list can be sorted by. Null sorts as the largest, as in PostgreSQL. */
export type CursorValue = string | number | Date | null;

/** One step of a sort order. The last term of an order must make rows unique, such as the id. */
export interface OrderTerm {
  /** Property of the node (a dot reaches into a relation), which is also the column unless `sql` says otherwise. */
  column: string;
  direction: 'asc' | 'desc';
  /** What cursors must hold here; checked where given, so that a forged cursor never reaches the database. */
  type?: 'text' | 'number' | 'integer' | 'time' | 'uuid';
  /** Column in hand-written SQL, such as `p.created_at`. */
  sql?: string;
}

export type Order = readonly OrderTerm[];

type WireValue = string | number | null | { t: number };

const MAX_CURSOR_LENGTH = 2_000;

// Dates keep milliseconds only: a column with microseconds would repeat or skip rows, so such columns are written from JS dates.
function toWire(value: unknown, { column }: OrderTerm): WireValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date && Number.isFinite(value.getTime())) return { t: value.getTime() };
  throw new TypeError(`Cannot make a cursor of the value of "${column}".`);
}

const accepts: Record<NonNullable<OrderTerm['type']>, (value: CursorValue) => boolean> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isSafeInteger,
  // PostgreSQL knows no times as early as JavaScript does.
  time: (value) => value instanceof Date && value.getUTCFullYear() > 0,
  uuid: isUuid,
};

function fromWire(value: unknown, { type }: OrderTerm): CursorValue | undefined {
  const time = (value as { t?: unknown } | null)?.t;
  const read = typeof time === 'number' ? new Date(time) : (value as CursorValue);
  if (read instanceof Date ? Number.isNaN(read.getTime()) : typeof read === 'object' && read !== null) return undefined;
  // PostgreSQL refuses U+0000 in text.
  if (typeof read === 'boolean' || (typeof read === 'string' && read.includes('\0'))) return undefined;
  // Ids and numbers of rows are never null, and hand-written SQL does not expect it.
  if (read === null) return type === 'uuid' || type === 'integer' ? undefined : null;
  return !type || accepts[type](read) ? read : undefined;
}

function valueAt(node: unknown, column: string): unknown {
  return column.split('.').reduce((owner, key) => (owner as Record<string, unknown> | null | undefined)?.[key], node);
}

function tagOf(list: string, order: Order): string {
  const spelled = [list, ...order.map(({ column, direction }) => `${column} ${direction}`)].join('\n');
  return createHash('sha256').update(spelled).digest('base64url').slice(0, 8);
}

/** How one list writes and reads its cursors; a cursor of another list or order reads as null. */
export interface CursorCodec {
  encode(node: unknown): string;
  decode(cursor: string): CursorValue[] | null;
}

function parseWire(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** The cursors of the list with that name in that order: opaque base64url text holding the sort key of a row. */
export function cursorCodec(list: string, order: Order): CursorCodec {
  const tag = tagOf(list, order);
  return {
    encode(node) {
      const values = order.map((term) => toWire(valueAt(node, term.column), term));
      return Buffer.from(JSON.stringify([tag, ...values])).toString('base64url');
    },
    decode(cursor) {
      const wire = parseWire(cursor);
      if (!Array.isArray(wire) || wire[0] !== tag || wire.length !== order.length + 1) return null;
      const values = order.map((term, at) => fromWire(wire[at + 1], term));
      return values.every((value) => value !== undefined) ? (values as CursorValue[]) : null;
    },
  };
}
