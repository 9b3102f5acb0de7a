/** A row that may decide: an override of one permission (`payload` is its bit) or a binding (`payload` is the number of its role). */
export interface DecidingRow {
  scope: number;
  kind: number;
  payload: number;
  id: string;
  /** When it counts: `from <= now < until`, epoch milliseconds, infinite where unbounded. */
  from: number;
  until: number;
}

/** The rows of one subject, grouped by scope, in as few objects as possible: a process keeps tens of thousands of these. */
export interface PackedRows {
  /** A hash table of `slots` pairs (scope number + 1, position of its first row), then one word per row. */
  readonly words: Int32Array;
  readonly slots: number;
  readonly shift: number;
  /** Position, start and end of each bounded row, ascending by position. */
  readonly bounds: readonly number[];
  /** Ids of the rows, padded to `idLength` and joined: one string instead of one per row. */
  readonly ids: string;
  readonly idLength: number;
}

/** Kinds of row, in the order in which they stand within a scope. */
export const DENY_ROW = 0;
export const ALLOW_ROW = 1;
export const ROLE_ROW = 2;

// A row word: payload, two bits of kind, one bit "bounded", one bit "last of its scope".
const LAST = 1;
const BOUNDED = 2;
const GOLDEN = 0x9e3779b1;

const isFirst = (sorted: readonly DecidingRow[], index: number) =>
  index === 0 || sorted[index - 1]?.scope !== sorted[index]?.scope;
const inOrder = (a: DecidingRow, b: DecidingRow) =>
  a.scope - b.scope || a.kind - b.kind || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Whether the row starts or ends at all. */
export const isBounded = (row: DecidingRow): boolean => row.from !== -Infinity || row.until !== Infinity;

// Plain loops: an iterator of entries makes an array for each of hundreds of rows.
function hashScopes(sorted: readonly DecidingRow[]) {
  let scopes = 0;
  for (let index = 0; index < sorted.length; index++) if (isFirst(sorted, index)) scopes++;
  let slots = 2;
  while (slots < scopes * 1.5) slots *= 2;
  const shift = 32 - Math.log2(slots);
  const words = new Int32Array(slots * 2 + sorted.length);
  for (let index = 0; index < sorted.length; index++) {
    if (!isFirst(sorted, index)) continue;
    const { scope } = sorted[index] as DecidingRow;
    let slot = Math.imul(scope + 1, GOLDEN) >>> shift;
    while (words[slot * 2] !== 0) slot = (slot + 1) & (slots - 1);
    words[slot * 2] = scope + 1;
    words[slot * 2 + 1] = slots * 2 + index;
  }
  return { words, slots, shift };
}

/** Packs the rows; their order does not matter. */
export function packRows(rows: readonly DecidingRow[]): PackedRows {
  const sorted = rows.toSorted(inOrder);
  const { words, slots, shift } = hashScopes(sorted);
  const bounds: number[] = [];
  for (let index = 0; index < sorted.length; index++) {
    const row = sorted[index] as DecidingRow;
    const position = slots * 2 + index;
    const last = sorted[index + 1]?.scope === row.scope ? 0 : LAST;
    words[position] = (row.payload << 4) | (row.kind << 2) | (isBounded(row) ? BOUNDED : 0) | last;
    if (isBounded(row)) bounds.push(position, row.from, row.until);
  }
  const idLength = sorted.reduce((longest, row) => Math.max(longest, row.id.length), 0);
  // Joined, not added up: a string that is added up keeps its parts, and those the whole text that they were cut from.
  const ids = sorted.map(({ id }) => (id.length === idLength ? id : id.padEnd(idLength, '\0'))).join('');
  return { words, slots, shift, bounds, ids, idLength };
}

/** Position in `words` of the first row at a scope number; -1 where there is none. */
export function firstRow(rows: PackedRows, scope: number): number {
  const words = rows.words;
  const wrap = rows.slots - 1;
  let slot = Math.imul(scope + 1, GOLDEN) >>> rows.shift;
  for (;;) {
    const key = words[slot * 2] as number;
    if (key === scope + 1) return words[slot * 2 + 1] as number;
    if (key === 0) return -1;
    slot = (slot + 1) & wrap;
  }
}

/** Position of the next row at the same scope; -1 after the last. */
export function nextRow(rows: PackedRows, position: number): number {
  return (rows.words[position] as number) & LAST ? -1 : position + 1;
}

/** Kind of the row at a position. */
export function rowKind(rows: PackedRows, position: number): number {
  return ((rows.words[position] as number) >>> 2) & 3;
}

/** Bit of an override, number of the role of a binding. */
export function rowPayload(rows: PackedRows, position: number): number {
  return (rows.words[position] as number) >>> 4;
}

/** Whether the row at a position counts at this instant. */
export function isLiveRow(rows: PackedRows, position: number, nowMs: number): boolean {
  return ((rows.words[position] as number) & BOUNDED) === 0 || withinBounds(rows.bounds, position, nowMs);
}

function withinBounds(bounds: readonly number[], position: number, nowMs: number): boolean {
  let low = 0;
  let high = bounds.length / 3 - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle * 3] as number) < position) low = middle + 1;
    else high = middle;
  }
  return (bounds[low * 3 + 1] as number) <= nowMs && nowMs < (bounds[low * 3 + 2] as number);
}

/** Id of the binding or override at a position. */
export function rowId(rows: PackedRows, position: number): string {
  const start = (position - rows.slots * 2) * rows.idLength;
  const id = rows.ids.slice(start, start + rows.idLength);
  return id.charCodeAt(rows.idLength - 1) === 0 ? id.slice(0, id.indexOf('\0')) : id;
}
