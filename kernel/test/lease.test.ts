import { defineEntity, p } from '@mikro-orm/core';
import pg from 'pg';
import { Lease } from '../src/db/lease.ts';
import { openOrm, tenantEm } from '../src/db/orm.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase, testAdminUrl } from '../src/testing/postgres.ts';

const TABLES = `create table note (id int primary key, tenant text not null, text text not null);
  create table line (note int references note deferrable initially deferred);
  alter table note enable row level security;
  create policy tenant on note using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true));
  grant select, insert, update, delete on note, line to polity_app;
  insert into note values (1, 'one', 'of one'), (2, 'two', 'of two')`;

const Note = defineEntity({
  name: 'Note',
  properties: { id: p.integer().primary(), tenant: p.string(), text: p.string() },
});

async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  await client.end();
}

let database: TestDatabase;
let pool: pg.Pool;
const lend = () => new Lease(() => pool.connect());

beforeEach(async () => {
  database = await databaseFromTemplate(await createTemplate('kernel batching', migrate));
  pool = new pg.Pool({
    connectionString: database.appUrl,
    max: 1,
    pipeline: true,
  } as pg.PoolConfig);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const tenantIs = (tenant: string) => `select set_config('app.tenant', '${tenant}', true)`;

async function read(tenant: string, sql: string): Promise<unknown[]> {
  const client = lend();
  try {
    await client.query('start transaction read only');
    await client.query(tenantIs(tenant));
    const { rows } = await client.query(sql);
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function write(sql: string, tenant = 'one', begin = 'begin'): Promise<void> {
  const client = lend();
  try {
    await client.query(begin);
    await client.query(tenantIs(tenant));
    await client.query(sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const texts = 'select text from note order by id';

describe('Lease', () => {
  it('keeps many readers of one connection each in their own tenant', async () => {
    const tenants = Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? 'one' : 'two'));
    const found = await Promise.all(tenants.map((tenant) => read(tenant, texts)));
    expect(found).toEqual(tenants.map((tenant) => [{ text: `of ${tenant}` }]));
  });

  it('does not wait for what opens a transaction, nor for the end of one that only read', async () => {
    const client = lend();
    const sent: string[] = [];
    const answered: string[] = [];
    const query = (sql: string) => {
      sent.push(sql);
      return client.query(sql).then(() => answered.push(sql));
    };
    const all = [query('start transaction read only'), query(tenantIs('one')), query('select pg_sleep(0.2)')];
    await Promise.all(all.slice(0, 2));
    expect(answered).toEqual(sent.slice(0, 2));
    await all[2];
    const before = performance.now();
    await query('commit');
    expect(answered).toHaveLength(4);
    client.release();
    expect(performance.now()).toBeGreaterThanOrEqual(before);
  });

  it('fails the first statement with the error of what opened its transaction, and goes on afterwards', async () => {
    const client = lend();
    await client.query('start transaction read only');
    await client.query("select set_config('no such setting', 'x', true)");
    await expect(client.query(texts)).rejects.toThrow('unrecognized configuration parameter');
    await client.query('rollback');
    client.release();
    expect(await read('two', texts)).toEqual([{ text: 'of two' }]);
  });

  it('lets no statement write whose transaction did not open', async () => {
    await expect(write('insert into line values (1)', 'one', 'begin isolation level none')).rejects.toThrow(
      'syntax error',
    );
    expect(await read('one', 'select note from line')).toEqual([]);
  });

  it('lets nothing through behind a first statement that failed, until the transaction is given up', async () => {
    const client = lend();
    await client.query('begin');
    await client.query(tenantIs('one'));
    await expect(client.query('selec 1')).rejects.toThrow('syntax error');
    await expect(client.query('insert into line values (1)')).rejects.toThrow('syntax error');
    await client.query('rollback');
    client.release();
    expect(await read('one', 'select note from line')).toEqual([]);
    await write('insert into line values (1)');
    expect(await read('one', 'select note from line')).toEqual([{ note: 1 }]);
  });

  it('opens and ends nothing where nothing was asked', async () => {
    const client = lend();
    for (const end of ['commit', 'rollback']) {
      await client.query('begin');
      await client.query(tenantIs('one'));
      await client.query(end);
    }
    expect((await client.query("select current_setting('app.tenant', true) as tenant")).rows).toEqual([
      { tenant: null },
    ]);
    client.release();
  });

  it('ends what is open, also where a tenant was named last', async () => {
    const client = lend();
    await client.query('begin');
    await client.query(tenantIs('one'));
    await client.query("insert into note values (4, 'one', 'late')");
    await client.query(tenantIs('two'));
    await client.query('commit');
    client.release();
    expect(await read('one', texts)).toEqual([{ text: 'of one' }, { text: 'late' }]);
  });

  it('takes parameters', async () => {
    const client = lend();
    await client.query('begin');
    await client.query(tenantIs('two'));
    expect((await client.query('select text from note where id = $1', [2])).rows).toEqual([{ text: 'of two' }]);
    await client.query('commit');
    client.release();
  });

  it('waits for the end of a transaction that wrote, and says so when it fails', async () => {
    await expect(write('insert into line values (99)')).rejects.toThrow('violates foreign key constraint');
    await write("insert into note values (3, 'one', 'more')");
    expect(await read('one', texts)).toEqual([{ text: 'of one' }, { text: 'more' }]);
  });

  it('refuses to write where it was opened for reading only', async () => {
    await expect(read('one', 'delete from note')).rejects.toThrow('read-only transaction');
    expect(await read('one', texts)).toHaveLength(1);
  });

  it('fails who is waiting when the connection is lost, and serves the next', async () => {
    const waiting = read('one', 'select pg_sleep(10)');
    const admin = new pg.Client({ connectionString: testAdminUrl() });
    await admin.connect();
    const name = new URL(database.appUrl).pathname.slice(1);
    const end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query like '%pg_sleep%'";
    const lost = expect(waiting).rejects.toThrow();
    while ((await admin.query(end, [name])).rowCount === 0);
    await admin.end();
    await lost;
    // The socket of the lost connection may still be closing when it is asked next.
    const next = () => read('one', texts);
    expect(await next().catch(next)).toEqual([{ text: 'of one' }]);
  });

  it('gives every connection back that died in the middle of a transaction, so that the pool is whole again', async () => {
    const orm = await openOrm({ name: 'note', entities: [Note], migrations: import.meta.url }, database.appUrl);
    const cut =
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like 'polity_app%'";
    const sleeping =
      "select 1 from pg_stat_activity where datname = $1 and query like '%pg_sleep%' and pid <> pg_backend_pid()";
    const name = new URL(database.appUrl).pathname.slice(1);
    const admin = new pg.Client({ connectionString: testAdminUrl() });
    await admin.connect();
    const work = (sql: string) => tenantEm(orm, null, null).transactional((tx) => tx.execute(sql));
    const asleep = Promise.allSettled(Array.from({ length: 10 }, () => work('select pg_sleep(20)')));
    while (((await admin.query(sleeping, [name])).rowCount ?? 0) < 10);
    await admin.query(cut, [name]);
    expect((await asleep).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
    const after = await Promise.all(Array.from({ length: 20 }, () => work('select 1 as n')));
    expect(after).toHaveLength(20);
    await admin.end();
    await orm.close(true);
  });

  it('fails with its first statement what could not be begun, because its connection was dead by then', async () => {
    const client = lend();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const admin = new pg.Client({ connectionString: testAdminUrl() });
    await admin.connect();
    await admin.query('select pg_terminate_backend($1, 5000)', [rows[0].pid]);
    await admin.end();
    await client.query('begin');
    await expect(client.query(texts)).rejects.toThrow();
    await client.query('rollback');
    client.release();
    while (pool.totalCount > 0) await new Promise(setImmediate);
    expect(await read('one', texts)).toEqual([{ text: 'of one' }]);
  });
});
