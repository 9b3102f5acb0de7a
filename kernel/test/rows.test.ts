import { defineEntity, type EntityManager, type MikroORM, p } from '@mikro-orm/postgresql';
import pg from 'pg';
import { openOrm, reading, tenantEm, tenantFilter, tenantPolicies, tenantProperties } from '../src/db/orm.ts';
import type { Row } from '../src/db/row.ts';
import { readRow, readRows, readRowsBelow } from '../src/db/rows.ts';
import { never, sql } from '../src/db/sql.ts';
import { uuidv7 } from '../src/ids.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase, testAdminUrl } from '../src/testing/postgres.ts';

const shelfSchema = defineEntity({
  name: 'Shelf',
  tableName: 'shelf',
  properties: { ...tenantProperties, name: p.string() },
  policies: tenantPolicies,
  filters: tenantFilter,
});
class Shelf extends shelfSchema.class {
  label(): string {
    return `shelf ${this.name}`;
  }
}
shelfSchema.setClass(Shelf);

const bookSchema = defineEntity({
  name: 'Book',
  tableName: 'book',
  properties: {
    ...tenantProperties,
    shelf: () => p.manyToOne(Shelf).ref().nullable(),
    title: p.string(),
    pages: p.bigint('number'),
    tags: p.array(),
    notes: p.json<{ by: string }>().nullable(),
    lentAt: p.datetime().nullable(),
    summary: p.text().lazy(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
});
class Book extends bookSchema.class {
  isLent(): boolean {
    return this.lentAt !== null;
  }

  lend(at: Date): void {
    this.lentAt = at;
  }
}
bookSchema.setClass(Book);

const TABLES = `
  create table shelf (id uuid primary key, created_at timestamptz not null, tenant_id uuid not null, name text not null);
  create table book (id uuid primary key, created_at timestamptz not null, tenant_id uuid not null, shelf_id uuid, title text not null,
    pages bigint not null, tags text[] not null, notes jsonb, lent_at timestamptz, summary text not null);
  alter table shelf enable row level security;
  alter table book enable row level security;
  create policy tenant on shelf using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
  create policy tenant on book using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
  grant select, insert, update, delete on shelf, book to polity_app`;

const [HERE, THERE, SHELF, LENT, KEPT, FOREIGN] = Array.from({ length: 6 }, () => uuidv7()) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const LENT_AT = new Date('2026-02-03T04:05:06.789Z');

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  await client.query('insert into shelf values ($1, now(), $2, $3)', [SHELF, HERE, 'one']);
  const book = 'insert into book values ($1, now(), $2, $3, $4, $5, $6, $7, $8, $9)';
  await client.query(book, [
    LENT,
    HERE,
    SHELF,
    'lent',
    '9007199254740991',
    ['a', 'b,"c'],
    { by: 'x' },
    LENT_AT,
    'long',
  ]);
  await client.query(book, [KEPT, HERE, null, 'kept', '1', [], null, null, 'long']);
  await client.query(book, [FOREIGN, THERE, null, 'foreign', '1', [], null, null, 'long']);
  await client.end();
}

let database: TestDatabase;
let orm: MikroORM;
let statements: string[];

beforeAll(async () => {
  database = await databaseFromTemplate(await createTemplate('kernel rows', async () => undefined));
  await fill(database.ownerUrl);
});
beforeEach(async () => {
  statements = [];
  const onQuery = (line: string) => void statements.push(line);
  orm = await openOrm({ name: 'book', entities: [Book, Shelf], migrations: import.meta.url }, database.appUrl, {
    onQuery,
  });
});
afterEach(() => orm.close(true));
afterAll(() => database.drop());

const em = (tenantId: string | null = HERE, queries = true): EntityManager =>
  tenantEm(orm, tenantId, null, { queries });
const byTitle = [{ column: 't.title', direction: 'asc' }] as const;
const titles = async (of: EntityManager) =>
  (await readRows(of, Book, { order: [...byTitle] })).map(({ title }: Row<Book>) => title);

describe('a row', () => {
  it('is an object of its entity, whose values have the types of the entity', async () => {
    const row = await readRow(em(), Book, { where: [{ id: LENT }], join: ['shelf'] });
    expect(row).toBeInstanceOf(Book);
    expect(row?.isLent()).toBe(true);
    expect([row?.pages, row?.tags, row?.notes, row?.lentAt]).toEqual([
      9007199254740991,
      ['a', 'b,"c'],
      { by: 'x' },
      LENT_AT,
    ]);
    expect([row?.shelf?.id, row?.shelf?.unwrap().label()]).toEqual([SHELF, 'shelf one']);
  });

  it('has null where the column has, and an id alone where the other row was not joined', async () => {
    const kept = await readRow(em(), Book, { where: [{ id: KEPT }], join: ['shelf'] });
    expect([kept?.notes, kept?.lentAt, kept?.shelf]).toEqual([null, null, null]);
    const lent = await readRow(em(), Book, { where: [{ id: LENT }] });
    expect([lent?.shelf?.id, lent?.shelf?.isInitialized()]).toEqual([SHELF, false]);
    expect(() => lent?.shelf?.unwrap()).toThrow('was not joined');
  });

  it('is read without what is loaded on demand', async () => {
    await readRow(em(), Book, { where: [{ id: LENT }] });
    expect(statements.join()).not.toContain('summary');
  });

  it('is never written, whoever tries', async () => {
    const row = await readRow(em(), Book, { where: [{ id: LENT }] });
    // @ts-expect-error what changes the entity is no method of the row
    row?.lend;
    const writer = em();
    expect(() => writer.persist(row as Book)).toThrow('cannot be written');
  });
});

describe('the walls of a tenant', () => {
  it('stand both, and each alone', async () => {
    expect(await titles(em())).toEqual(['kept', 'lent']);
    // Row level security alone.
    expect(await titles(em(HERE, false))).toEqual(['kept', 'lent']);
    // The query alone: the owner of the tables passes row level security.
    const asOwner = await openOrm(
      { name: 'book', entities: [Book, Shelf], migrations: import.meta.url },
      database.ownerUrl,
    );
    expect(await titles(tenantEm(asOwner, HERE, null))).toEqual(['kept', 'lent']);
    expect(await titles(tenantEm(asOwner, HERE, null, { queries: false }))).toEqual(['foreign', 'kept', 'lent']);
    await asOwner.close(true);
  });

  it('stand around what hangs below a parent, and where there is no tenant at all', async () => {
    const below = { parent: 't.tenant_id', order: [...byTitle], limit: 5 };
    const found = await readRowsBelow(em(), Book, below, [HERE, THERE]);
    expect(found.map(({ parentId, row }) => [parentId, row.title])).toEqual([
      [HERE, 'kept'],
      [HERE, 'lent'],
    ]);
    expect(await titles(em(null))).toEqual([]);
  });
});

describe('reading rows', () => {
  it('shares the transaction of the operation', async () => {
    const reader = em();
    await reading(reader, async () => {
      await Promise.all([titles(reader), titles(reader), readRow(reader, Book, { where: [{ id: KEPT }] })]);
    });
    expect(statements.filter((line) => line.includes('start transaction'))).toHaveLength(1);
  });

  it('sees what the transaction of a verb has done', async () => {
    await em()
      .transactional(async (tx) => {
        await tx.nativeUpdate(Book, { id: KEPT }, { title: 'moved' });
        expect(await titles(tx as EntityManager)).toEqual(['lent', 'moved']);
        throw new Error('undo');
      })
      .catch(() => undefined);
    expect(await titles(em())).toEqual(['kept', 'lent']);
  });

  it('takes what is no id for a row that is not there, and asks nothing where nothing can be found', async () => {
    expect(await readRows(em(), Book, { where: [{ id: ['x', LENT] }] })).toHaveLength(1);
    expect(await readRow(em(), Book, { where: [{ id: "'" }] })).toBeNull();
    statements = [];
    expect(await readRows(em(), Book, { where: [never] })).toEqual([]);
    expect(statements).toEqual([]);
  });

  it('plans a statement once per connection, and goes on when connections die', async () => {
    const plans = () => em().execute<{ n: number }[]>('select count(*)::int as n from pg_prepared_statements');
    for (let n = 0; n < 3; n++) await titles(em());
    expect(await plans()).toEqual([{ n: 1 }]);
    const admin = new pg.Client({ connectionString: testAdminUrl() });
    await admin.connect();
    const name = new URL(database.appUrl).pathname.slice(1);
    await admin.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [name]);
    await admin.end();
    for (let n = 0; n < 3; n++) expect(await titles(em()).catch(() => ['kept', 'lent'])).toEqual(['kept', 'lent']);
    expect(await titles(em())).toEqual(['kept', 'lent']);
  });

  it('that fails leaves the connection as it was', async () => {
    const wrong = { where: [sql('t.title = ? and 1 / (? - 1) = 1', 'kept', 1)] };
    for (let n = 0; n < 3; n++) await expect(readRows(em(), Book, wrong)).rejects.toThrow('division by zero');
    expect(await titles(em())).toEqual(['kept', 'lent']);
  });
});
