import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { StartError } from '../src/config/start-error.ts';
import { awaitMigrations, migrate } from '../src/db/migrate.ts';
import { type OrmDefinition, openOrm } from '../src/db/orm.ts';
import { withClient } from '../src/db/provision.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase } from '../src/testing/postgres.ts';

const Note = defineEntity({ name: 'Note', properties: { id: p.integer().primary() } });

let folder: string;
let database: TestDatabase;
let definition: OrmDefinition;

async function step(name: string, sql: string): Promise<void> {
  await writeFile(
    join(folder, `Migration2026010100000${name}.ts`),
    `import { Migration } from '@mikro-orm/migrations';
     export class Migration2026010100000${name} extends Migration {
       override up(): void { this.addSql(${JSON.stringify(sql)}); }
     }`,
  );
}

const ask = (sql: string) =>
  withClient(database.ownerUrl, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

beforeEach(async () => {
  // Inside the tree, so that a migration finds its imports.
  folder = await mkdtemp(join(import.meta.dirname, '.migrations-'));
  database = await databaseFromTemplate(await createTemplate('empty', async () => undefined));
  definition = { name: 'notes', entities: [Note], migrations: pathToFileURL(folder).href };
  await step('0_note', 'create table note (id int primary key)');
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a migration has its own time-outs, not those of serving', async () => {
  await step('1_kept', `create table kept as select name, setting from pg_settings where name like '%timeout'`);
  await migrate(definition, database.ownerUrl, { lockMs: 1_234 });
  const settings = Object.fromEntries((await ask('select * from kept')).map(({ name, setting }) => [name, setting]));
  expect(settings).toMatchObject({
    statement_timeout: '0',
    idle_in_transaction_session_timeout: '0',
    lock_timeout: '1234',
  });
  const orm = await openOrm(definition, database.appUrl);
  const [serving] = await orm.em
    .fork()
    .execute<{ ms: string }[]>(`select setting as ms from pg_settings where name = 'statement_timeout'`);
  await orm.close(true);
  expect(serving?.ms).toBe('10000');
});

test('a migration gives way to whoever holds a lock, and gets through once it is free', async () => {
  await migrate(definition, database.ownerUrl);
  await step('1_word', 'alter table note add column word text');
  await withClient(database.ownerUrl, async (holder) => {
    await holder.query('begin; select from note');
    const lines: string[] = [];
    let giveUp = () => {};
    const gaveWay = new Promise<void>((resolve) => (giveUp = resolve));
    const onProgress = (line: string) => {
      lines.push(line);
      giveUp();
    };
    const running = migrate(definition, database.ownerUrl, { lockMs: 50, pauseMs: 20, onProgress });
    await gaveWay;
    await holder.query('commit');
    await running;
    expect(lines).toEqual(['The migration Migration20260101000001_word of notes waits for a lock']);
  });
  expect(await ask('select word from note')).toEqual([]);
});

test('a lock that is never free ends in one sentence, with nothing half done', async () => {
  await migrate(definition, database.ownerUrl);
  await step('1_word', 'alter table note add column word text');
  await withClient(database.ownerUrl, async (holder) => {
    await holder.query('begin; select from note');
    const attempt = migrate(definition, database.ownerUrl, { lockMs: 20, pauseMs: 5, patienceMs: 100 });
    await expect(attempt).rejects.toThrow(StartError);
    await holder.query('commit');
  });
  expect(await ask('select name from migration')).toEqual([{ name: 'Migration20260101000000_note' }]);
});

test('several at once do it once', async () => {
  await step('1_word', 'alter table note add column word text');
  await Promise.all(Array.from({ length: 5 }, () => migrate(definition, database.ownerUrl)));
  expect(await ask('select count(*)::int as steps from migration')).toEqual([{ steps: 2 }]);
});

test('a service waits for the version it needs, says so once, and goes on', async () => {
  await migrate(definition, database.ownerUrl);
  await step('1_word', 'alter table note add column word text');
  const lines: string[] = [];
  const waiting = awaitMigrations(definition, database.appUrl, (line) => lines.push(line), 10);
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await migrate(definition, database.ownerUrl);
  await waiting;
  expect(lines).toEqual(['The database of notes waits for Migration20260101000001_word: run "npm run migrate"']);
});
