import { defineEntity, type MikroORM, p } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import pg from 'pg';
import { openOrm, tenantEm } from '../src/db/orm.ts';
import { type Connection, type ConnectionArgs, pageArgs, paginate, type Slice } from '../src/graph/connection.ts';
import { type CursorValue, cursorCodec, type Order } from '../src/graph/cursor.ts';
import type { AppError } from '../src/graph/errors.ts';
import { pageOf } from '../src/graph/pages.ts';
import { scratchDatabase } from './scratch-database.ts';

interface Row {
  id: number;
  title: string;
  score: number | null;
  at: Date | null;
}

type Column = keyof Row;

// Few values, so that most rows tie with others.
const rowsOf = fc
  .array(
    fc.record({
      title: fc.constantFrom('a', 'B', 'é', 'z z'),
      score: fc.constantFrom(null, -1, 0, 2.5),
      at: fc.constantFrom(null, new Date(0), new Date(1_767_225_600_123)),
    }),
    { maxLength: 24 },
  )
  .map((rows) => rows.map((row, index): Row => ({ id: index + 1, ...row })));

const direction = fc.constantFrom('asc' as const, 'desc' as const);
const orderOf: fc.Arbitrary<Order> = fc
  .tuple(fc.shuffledSubarray<Column>(['title', 'score', 'at']), fc.array(direction, { minLength: 4, maxLength: 4 }))
  .map(([columns, directions]) =>
    [...columns, 'id'].map((column, index) => ({ column, direction: directions[index] ?? 'asc' })),
  );

// An independent reading of PostgreSQL's order, for the in-memory list.
function compare(a: unknown, b: unknown): number {
  if (a === b || (a === null && b === null)) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [left, right] = [a, b].map((value) => (value instanceof Date ? value.getTime() : value)) as [number, number];
  return left < right ? -1 : left > right ? 1 : 0;
}

type Place = Pick<Row, Column>;

function rank(a: Place, b: Place, order: Order): number {
  for (const { column, direction: way } of order) {
    const sign = compare(a[column as Column], b[column as Column]) * (way === 'asc' ? 1 : -1);
    if (sign !== 0) return sign;
  }
  return 0;
}

const sorted = (rows: readonly Row[], order: Order): Row[] => [...rows].sort((a, b) => rank(a, b, order));

function placeOf(cursor: string | null | undefined, order: Order): Place | null {
  const values = cursor ? cursorCodec('rows', order).decode(cursor) : null;
  return values && (Object.fromEntries(order.map(({ column }, index) => [column, values[index]])) as unknown as Place);
}

/** A page of rows in memory, which finds the places of the cursors by itself. */
function inMemory(rows: readonly Row[], order: Order, args: ConnectionArgs) {
  const [after, before] = [placeOf(args.after, order), placeOf(args.before, order)];
  const within = (row: Row) => (!after || rank(row, after, order) > 0) && (!before || rank(row, before, order) < 0);
  return async (slice: Slice) => sorted(rows.filter(within), slice.order).slice(0, slice.limit);
}

// More rows than any list here has: a cursor that does not move on must fail, not hang.
const ENDLESS = 200;

type PageOf = (args: ConnectionArgs) => Promise<Connection<Row>>;

async function forwards(page: PageOf, size: number) {
  const seen: Row[] = [];
  let connection = await page({ first: size });
  for (;;) {
    expect(seen.length).toBeLessThan(ENDLESS);
    seen.push(...connection.edges.map((edge) => edge.node));
    if (!connection.pageInfo.hasNextPage) return seen;
    connection = await page({ first: size, after: connection.pageInfo.endCursor });
    expect(connection.pageInfo.hasPreviousPage).toBe(true);
  }
}

async function backwards(page: PageOf, size: number) {
  const seen: Row[] = [];
  let connection = await page({ last: size });
  for (;;) {
    expect(seen.length).toBeLessThan(ENDLESS);
    seen.unshift(...connection.edges.map((edge) => edge.node));
    if (!connection.pageInfo.hasPreviousPage) return seen;
    connection = await page({ last: size, before: connection.pageInfo.startCursor });
    expect(connection.pageInfo.hasNextPage).toBe(true);
  }
}

const ids = (rows: readonly Row[]) => rows.map((row) => row.id);
const nodesOf = (connection: Connection<Row>) => connection.edges.map((edge) => edge.node);

describe('paging through a list in memory', () => {
  it('shows each row once and in order, forwards and backwards, whatever the ties, nulls and page size', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, orderOf, fc.integer({ min: 1, max: 7 }), async (rows, order, size) => {
        const page: PageOf = (args) => paginate({ list: 'rows', args, order, fetch: inMemory(rows, order, args) });
        const expected = ids(sorted(rows, order));
        expect(ids(await forwards(page, size))).toEqual(expected);
        expect(ids(await backwards(page, size))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('is not moved by rows that appear or vanish before the cursor', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, rowsOf, orderOf, fc.integer({ min: 1, max: 7 }), async (rows, others, order, size) => {
        const first = await paginate({ list: 'rows', args: { first: size }, order, fetch: inMemory(rows, order, {}) });
        const last = first.edges.at(-1)?.node;
        fc.pre(last !== undefined);
        const newcomers = others.map((row) => ({ ...row, id: row.id + 1_000 }));
        const isBefore = (row: Row) => sorted([row, last as Row], order)[0] === row;
        const changed = [...rows.filter((row) => !isBefore(row) || row.id % 2 === 0), ...newcomers.filter(isBefore)];
        const args = { first: 100, after: first.pageInfo.endCursor };
        const next = await paginate({ list: 'rows', args, order, fetch: inMemory(changed, order, args) });
        expect(ids(nodesOf(next))).toEqual(ids(sorted(rows, order)).slice(size));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps between after and before', async () => {
    const rows = Array.from({ length: 9 }, (_, index): Row => ({ id: index + 1, title: 'a', score: null, at: null }));
    const order: Order = [
      { column: 'title', direction: 'desc' },
      { column: 'id', direction: 'asc' },
    ];
    const page: PageOf = (args) => paginate({ list: 'rows', args, order, fetch: inMemory(rows, order, args) });
    const cursors = (await page({})).edges.map((edge) => edge.cursor);
    const [after, before] = [cursors[1], cursors[6]];
    expect(ids(nodesOf(await page({ after, before })))).toEqual([3, 4, 5, 6]);
    const firstTwo = await page({ first: 2, after, before });
    expect([ids(nodesOf(firstTwo)), firstTwo.pageInfo.hasNextPage]).toEqual([[3, 4], true]);
    const lastTwo = await page({ last: 2, after, before });
    expect([ids(nodesOf(lastTwo)), lastTwo.pageInfo.hasPreviousPage]).toEqual([[5, 6], true]);
  });

  it('says of an empty list that there is nothing before, after or within', async () => {
    const order: Order = [{ column: 'id', direction: 'asc' }];
    const { edges, pageInfo } = await paginate({ list: 'rows', args: {}, order, fetch: inMemory([], order, {}) });
    expect({ edges, pageInfo }).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('counts only when asked, and once', async () => {
    let counted = 0;
    const totalCount = async () => {
      counted += 1;
      return 7;
    };
    const connection = await paginate({
      list: 'rows',
      args: {},
      order: [{ column: 'id', direction: 'asc' }],
      fetch: async () => [],
      totalCount,
    });
    expect(counted).toBe(0);
    expect([await connection.totalCount?.(), await connection.totalCount?.(), counted]).toEqual([7, 7, 1]);
  });
});

describe('paging through PostgreSQL', () => {
  const order: Order = [
    { column: 'score', direction: 'desc', type: 'number' },
    { column: 'at', direction: 'asc', type: 'time' },
    { column: 'title', direction: 'desc' },
    { column: 'id', direction: 'desc' },
  ];
  const RowEntity = defineEntity({
    name: 'Row',
    tableName: 'row',
    properties: {
      id: p.integer().primary(),
      title: p.text(),
      score: p.float().nullable(),
      at: p.datetime().nullable(),
    },
  });
  let database: Awaited<ReturnType<typeof scratchDatabase>>;
  let client: pg.Pool;
  let orm: MikroORM;

  beforeAll(async () => {
    database = await scratchDatabase();
    client = new pg.Pool({ connectionString: database.url });
    client.on('error', () => undefined);
    orm = await openOrm({ name: 'row', entities: [RowEntity], migrations: import.meta.url }, database.url);
    await client.query('create table "row" (id int primary key, title text not null, score float8, at timestamptz)');
  });

  afterAll(async () => {
    await orm?.close();
    await client?.end();
    await database?.drop();
  });

  async function fill(rows: readonly Row[]) {
    await client.query('truncate "row"');
    await client.query(
      'insert into "row" select * from jsonb_to_recordset($1) as r(id int, title text, score float8, at timestamptz)',
      [JSON.stringify(rows)],
    );
  }

  const orderSql = (terms: Order) => terms.map(({ column, direction: way }) => `"${column}" ${way}`).join(', ');

  const bySql =
    (terms: Order): PageOf =>
    (args) =>
      paginate<Row>({
        list: 'rows',
        args,
        order: terms,
        fetch: async (slice) => {
          const { sql, params } = slice.where((position) => `$${position}`);
          return (
            await client.query<Row>(
              `select * from "row" where ${sql} order by ${slice.orderSql} limit ${slice.limit}`,
              params,
            )
          ).rows;
        },
      });

  const byKernel =
    (terms: Order): PageOf =>
    async (args) =>
      pageOf(tenantEm(orm, null, null), RowEntity, { list: 'rows', args, order: terms }) as Promise<Connection<Row>>;

  it.each([
    ['hand-written SQL', bySql],
    ['the statement that the kernel writes', byKernel],
  ])('shows each row once and in order with %s', async (_form, pageBy) => {
    await fc.assert(
      fc.asyncProperty(rowsOf, orderOf, fc.integer({ min: 1, max: 9 }), async (rows, terms, size) => {
        await fill(rows);
        const expected = ids((await client.query<Row>(`select id from "row" order by ${orderSql(terms)}`)).rows);
        expect(ids(await forwards(pageBy(terms), size))).toEqual(expected);
        expect(ids(await backwards(pageBy(terms), size))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it.each([1e300, 1.5, 2 ** 63, null, 'x', { t: 1 }].map((seq) => [seq]))(
    'reads %j as no place in a list of whole numbers',
    async (seq) => {
      const bySeq = [{ column: 'seq', direction: 'asc', type: 'integer' }] as const;
      const codec = cursorCodec('numbers', bySeq);
      const [tag] = JSON.parse(Buffer.from(codec.encode({ seq: 1 }), 'base64url').toString()) as unknown[];
      const given = Buffer.from(JSON.stringify([tag, seq])).toString('base64url');
      expect(codec.decode(given)).toBeNull();
    },
  );

  it('never lets a forged cursor of a typed order reach the database', async () => {
    await fill([{ id: 1, title: 'a', score: 1, at: null }]);
    const forged = ([tag]: unknown[]) => [tag, 'x', 'now()', 5, null];
    const [cursor] = (await bySql(order)({ first: 1 })).edges.map((edge) => edge.cursor);
    const wire = JSON.parse(Buffer.from(cursor as string, 'base64url').toString()) as unknown[];
    const after = Buffer.from(JSON.stringify(forged(wire))).toString('base64url');
    await expect(bySql(order)({ after })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: { after: 'is not a cursor of this list' } },
    });
  });
});

describe('a cursor', () => {
  const order: Order = [
    { column: 'title', direction: 'asc' },
    { column: 'id', direction: 'asc' },
  ];
  const rows: Row[] = [{ id: 1, title: 'a', score: null, at: null }];
  const page = (args: ConnectionArgs, list = 'rows', terms: Order = order) =>
    paginate({ list, args, order: terms, fetch: inMemory(rows, terms, args) });
  const refusal = { code: 'VALIDATION_ERROR', details: { fields: { after: 'is not a cursor of this list' } } };

  it('of another list or another order is refused', async () => {
    const { endCursor } = (await page({})).pageInfo;
    await expect(page({ after: endCursor }, 'others')).rejects.toMatchObject(refusal);
    await expect(
      page({ after: endCursor }, 'rows', [
        { column: 'title', direction: 'desc' },
        { column: 'id', direction: 'asc' },
      ]),
    ).rejects.toMatchObject(refusal);
    expect((await page({ after: endCursor })).edges).toEqual([]);
  });

  it('that is not one is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        async (after) => {
          await expect(page({ after })).rejects.toMatchObject(refusal);
        },
      ),
    );
  });

  it('with a value that no column can hold is refused', async () => {
    const { endCursor } = (await page({})).pageInfo;
    const [tag] = JSON.parse(Buffer.from(endCursor ?? '', 'base64url').toString()) as string[];
    for (const value of [true, {}, [], { t: 1e20 }, { t: 'x' }, 'nul\0']) {
      const after = Buffer.from(JSON.stringify([tag, value, 1])).toString('base64url');
      await expect(page({ after })).rejects.toMatchObject(refusal);
    }
  });

  it('carries text, numbers, dates and nulls as they were', async () => {
    const values = fc.tuple(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.date({ noInvalidDate: true }),
      fc.constant(null),
    );
    const terms: Order = ['title', 'score', 'at', 'none'].map((column) => ({ column, direction: 'asc' }));
    await fc.assert(
      fc.asyncProperty(values, async ([title, score, at, none]) => {
        const node = { title, score, at, none };
        let where: CursorValue[] = [];
        const fetch = async (slice: Slice) => {
          where = slice.where().params;
          return [node];
        };
        const { endCursor } = (await paginate({ list: 'x', args: {}, order: terms, fetch })).pageInfo;
        await paginate({ list: 'x', args: { after: endCursor }, order: terms, fetch });
        expect(where.filter((value) => typeof value === 'string').every((value) => value === title)).toBe(true);
        expect(where.filter((value) => typeof value === 'number').every((value) => value === score)).toBe(true);
        expect(where.filter((value) => value instanceof Date).every((value) => value.getTime() === at.getTime())).toBe(
          true,
        );
        expect(new Set(where.map((value) => (value instanceof Date ? 'date' : typeof value)))).toEqual(
          new Set(['string', 'number', 'date']),
        );
      }),
    );
  });

  it('is not made of a value that cannot be sorted by', async () => {
    const terms: Order = [{ column: 'flag', direction: 'asc' }];
    await expect(paginate({ list: 'x', args: {}, order: terms, fetch: async () => [{ flag: true }] })).rejects.toThrow(
      '"flag"',
    );
  });
});

describe('paging arguments', () => {
  const fieldsOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return (error as AppError).details.fields;
    }
    return undefined;
  };

  it('ask for the first 20 by default', () => {
    expect(pageArgs({})).toEqual({ size: 20, backwards: false, after: null, before: null });
    expect(pageArgs({ first: null, after: null, last: null, before: null })).toEqual(pageArgs({}));
  });

  it('take the limits of the list', () => {
    expect(pageArgs({}, { defaultSize: 5 }).size).toBe(5);
    expect(fieldsOf(() => pageArgs({ first: 11 }, { max: 10 }))).toEqual({ first: 'must be between 1 and 10' });
  });

  it.each([0, -1, 101, 1.5, Number.NaN])('refuse a page of %d', (size) => {
    expect(fieldsOf(() => pageArgs({ first: size }))).toEqual({ first: 'must be between 1 and 100' });
    expect(fieldsOf(() => pageArgs({ last: size }))).toEqual({ last: 'must be between 1 and 100' });
  });

  it('take the ends 1 and 100', () => {
    expect([pageArgs({ first: 1 }).size, pageArgs({ last: 100 })]).toMatchObject([1, { size: 100, backwards: true }]);
  });

  it('refuse first together with last', () => {
    expect(fieldsOf(() => pageArgs({ first: 2, last: 2 }))).toEqual({ last: 'cannot be combined with first' });
  });
});
