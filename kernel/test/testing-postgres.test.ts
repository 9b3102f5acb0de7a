import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withClient } from '../src/db/provision.ts';
import { createTemplate, databaseFromTemplate, testAdminUrl } from '../src/testing/postgres.ts';

const run = promisify(execFile);
const MODULE = fileURLToPath(new URL('../src/testing/postgres.ts', import.meta.url));

const ask = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(url, async (client) => (await client.query(sql)).rows);

const migrate = (ownerUrl: string) =>
  ask(ownerUrl, 'create table word (id bigserial primary key, text text)').then(() => undefined);

test('databases of one template start alike and do not see each other', async () => {
  const template = await createTemplate('testing postgres / alike', migrate);
  const [one, other] = await Promise.all([databaseFromTemplate(template), databaseFromTemplate(template)]);
  await ask(one.appUrl, `insert into word (text) values ('mine')`);
  expect(await ask(one.appUrl, 'select text from word')).toEqual([{ text: 'mine' }]);
  expect(await ask(other.appUrl, 'select text from word')).toEqual([]);
  await one.drop();
  await one.drop();
  await expect(ask(one.appUrl, 'select 1')).rejects.toMatchObject({ code: '3D000' });
  await other.drop();
});

test('a test database has the roles of production: the app may write rows and not change the schema', async () => {
  const database = await databaseFromTemplate(await createTemplate('testing postgres / alike', migrate));
  const [roles] = await ask(
    database.appUrl,
    `select current_user::text as name, rolsuper as super, rolbypassrls as bypasses,
       (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner
     from pg_roles where rolname = current_user`,
  );
  expect(roles).toEqual({ name: 'polity_app', super: false, bypasses: false, owner: 'polity_owner' });
  await expect(ask(database.appUrl, 'drop table word')).rejects.toMatchObject({ code: '42501' });
  await ask(database.ownerUrl, 'alter table word add column later int');
  await database.drop();
});

test('workers that ask for one template at once migrate it once', async () => {
  const counter = await databaseFromTemplate(await createTemplate('testing postgres / counter', migrate));
  const script = `
    const { createTemplate, databaseFromTemplate } = await import(${JSON.stringify(MODULE)});
    const { withClient } = await import(${JSON.stringify(MODULE.replace('testing/postgres', 'db/provision'))});
    const template = await createTemplate('testing postgres / crowd', async (url) => {
      await withClient(${JSON.stringify(counter.appUrl)}, (client) => client.query("insert into word (text) values ('migrated')"));
      await withClient(url, (client) => client.query('create table made ()'));
    });
    const database = await databaseFromTemplate(template);
    await withClient(database.appUrl, (client) => client.query('select from made'));
    await database.drop();`;
  await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, ['--input-type=module', '-e', script])));
  expect(await ask(counter.ownerUrl, 'select text from word')).toEqual([{ text: 'migrated' }]);
  await counter.drop();
});

test('a migration that fails is tried anew by the next who asks, from an empty database', async () => {
  const name = 'testing postgres / failing';
  const failing = createTemplate(name, async (ownerUrl) => {
    await migrate(ownerUrl);
    throw new Error('half way');
  });
  await expect(failing).rejects.toThrow('half way');
  const database = await databaseFromTemplate(await createTemplate(name, migrate));
  expect(await ask(database.appUrl, 'select text from word')).toEqual([]);
  await database.drop();
});

test('a run that is killed leaves neither a server nor files', async () => {
  const script = `
    const { startTestServer } = await import(${JSON.stringify(MODULE)});
    const { adminUrl } = await startTestServer();
    process.stdout.write(adminUrl);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = await once(child.stdout, 'data');
  const [row] = await ask(String(chunk), 'show data_directory');
  const cluster = String(row?.['data_directory']);
  expect(cluster).not.toBe((await ask(testAdminUrl(), 'show data_directory'))[0]?.['data_directory']);
  expect(existsSync(cluster)).toBe(true);
  child.kill('SIGKILL');
  for (let left = 100; left > 0 && existsSync(dirname(cluster)); left--) await sleep(100);
  expect(existsSync(dirname(cluster))).toBe(false);
  await expect(ask(String(chunk), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
