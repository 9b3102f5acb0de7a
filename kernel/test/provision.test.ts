import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type pg from 'pg';
import { deriveKey, fingerprint, loadSecrets, newSecrets, type Secrets, secretsFrom } from '../src/config/secrets.ts';
import { StartError } from '../src/config/start-error.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/db/embedded.ts';
import { heldKey, installationKey, keySlots, login } from '../src/db/key-slots.ts';
import { provision, type ServiceUrls, withClient } from '../src/db/provision.ts';

const run = promisify(execFile);
const moduleUrl = (path: string) => fileURLToPath(new URL(`../src/${path}.ts`, import.meta.url));
const externalUrl = process.env['DATABASE_URL'];
const whenExternal = externalUrl ? test : test.skip;

let folder: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-provision-'));
  // As root the server's account must be able to enter.
  await chmod(folder, 0o711);
  server = await startEmbeddedPostgres({ dataDir: join(folder, 'server'), settings: { fsync: 'off' } });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(url, async (client) => (await client.query(sql)).rows);

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: pg.DatabaseError) => error.code,
  );

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartError);
  expect((error as StartError).message).toMatch(/^[A-Z][^\n]*\.$/);
  return (error as StartError).message;
}

async function expectTwoRoles({ ownerUrl, appUrl }: ServiceUrls): Promise<void> {
  await ask(
    ownerUrl,
    `create table note (id bigserial primary key, tenant int, body text); alter table note enable row level security;
     create policy own on note using (tenant = nullif(current_setting('app.tenant', true), '')::int);
     create schema extra; create table extra.thing (word text); insert into extra.thing values ('seen');
     insert into note (tenant, body) values (1, 'theirs')`,
  );
  expect(await ask(appUrl, 'select word from extra.thing')).toEqual([{ word: 'seen' }]);
  expect(await ask(appUrl, 'select body from note')).toEqual([]);
  const written = await withClient(appUrl, async (client) => {
    await client.query(`set app.tenant = '2'`);
    await client.query(`insert into note (tenant, body) values (2, 'mine')`);
    await client.query(`update note set body = body || '!'`);
    const { rows } = await client.query('select body from note');
    await client.query('delete from note');
    return rows;
  });
  expect(written).toEqual([{ body: 'mine!' }]);
  expect(await ask(ownerUrl, 'select body from note')).toEqual([{ body: 'theirs' }]);
  expect(await codeOf(ask(appUrl, 'create table mine ()'))).toBe('42501');
  expect(await codeOf(ask(appUrl, 'alter table note disable row level security'))).toBe('42501');
  expect(await codeOf(ask(appUrl, 'truncate note'))).toBe('42501');
  expect(await codeOf(ask(appUrl, 'set role polity_owner'))).toBe('42501');
}

// First in this file: a later provisioning as superuser would own the roles, and a lesser user could not change them.
test('a user who may only create roles and databases is admin enough', async () => {
  await ask(server.url('postgres'), `create role limited login createrole createdb password 'limited'`);
  const admin = { host: server.host, port: server.port, user: 'limited', password: 'limited' };
  const urls = await provision(admin, ['limited'], folder);
  await expectTwoRoles(urls.limited);
  expect(await provision(admin, ['limited', 'second'], folder)).toMatchObject(urls);
});

test('the owner migrates, and the app works under row level security with no right over the schema', async () => {
  const urls = await provision(server.url('postgres'), ['alpha', 'beta'], folder);
  expect(Object.keys(urls)).toEqual(['alpha', 'beta']);
  expect(new URL(urls.alpha.appUrl).pathname).toBe('/polity_alpha');
  await expectTwoRoles(urls.alpha);
  expect(await ask(urls.beta.ownerUrl, `select lower('ÀÉ') as lowered, 'B' < 'a' as by_code_point`)).toEqual([
    { lowered: 'àé', by_code_point: true },
  ]);
});

test('provisioning again gives the same URLs and keeps data and rights that migrations took away', async () => {
  const first = await provision(server.url('postgres'), ['again'], folder);
  await ask(
    first.again.ownerUrl,
    'create table audit as select 1 as entry; revoke update, delete on audit from polity_app',
  );
  const second = await provision(server.url('postgres'), ['again', 'added'], folder);
  expect(second.again).toEqual(first.again);
  expect(await ask(second.again.appUrl, 'select entry from audit')).toEqual([{ entry: 1 }]);
  expect(await codeOf(ask(second.again.appUrl, 'delete from audit'))).toBe('42501');
});

test('a preparation that was cut short is completed by the next one', async () => {
  const { half } = await provision(server.url('postgres'), ['half'], folder);
  await ask(server.url('postgres'), 'drop database polity_half');
  await ask(server.url('postgres'), 'create database polity_half owner polity_owner');
  await provision(server.url('postgres'), ['half'], folder);
  await ask(half.ownerUrl, 'create table late as select 1 as entry');
  expect(await ask(half.appUrl, 'select entry from late')).toEqual([{ entry: 1 }]);
});

test('an app role that was given the power to walk around row level security loses it', async () => {
  await ask(server.url('postgres'), 'alter role polity_app bypassrls');
  await provision(server.url('postgres'), ['alpha'], folder);
  expect(await ask(server.url('postgres'), `select rolbypassrls from pg_roles where rolname = 'polity_app'`)).toEqual([
    { rolbypassrls: false },
  ]);
  await ask(server.url('postgres'), 'grant polity_owner to polity_app');
  expect(await refusal(provision(server.url('postgres'), ['alpha'], folder))).toContain(
    'REVOKE polity_owner FROM polity_app',
  );
  await ask(server.url('postgres'), 'revoke polity_owner from polity_app');
});

test('a stranger to a database cannot connect to it', async () => {
  const { alpha } = await provision(server.url('postgres'), ['alpha'], folder);
  await ask(server.url('postgres'), `create role stranger login password 'stranger'`);
  const url = new URL(alpha.appUrl);
  url.username = 'stranger';
  url.password = 'stranger';
  expect(await codeOf(ask(url.href, 'select 1'))).toBe('42501');
});

/** Runs `act` on a server that no secret was ever used with. */
async function onNewServer<Result>(act: (fresh: EmbeddedPostgres) => Promise<Result>): Promise<Result> {
  const fresh = await startEmbeddedPostgres({
    dataDir: await mkdtemp(join(folder, 'new-server-')),
    settings: { fsync: 'off' },
  });
  return act(fresh).finally(() => fresh.stop());
}

test('processes that start at once on a new machine agree on one set of secrets and databases', () =>
  onNewServer(async (server) => {
    const dataDir = join(folder, 'shared/.data');
    const script = `
    const { provision } = await import(${JSON.stringify(moduleUrl('db/provision'))});
    console.log(JSON.stringify(await provision(${JSON.stringify(server.url('postgres'))}, ['crowd', 'crowded'], ${JSON.stringify(dataDir)})));`;
    const outputs = await Promise.all(
      Array.from({ length: 5 }, () => run(process.execPath, ['--input-type=module', '-e', script])),
    );
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
    const urls: Record<string, ServiceUrls> = JSON.parse(outputs[0]?.stdout ?? '');
    expect(await ask(urls['crowded']?.appUrl ?? '', 'select current_user::text as name')).toEqual([
      { name: 'polity_app' },
    ]);
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  }));

test('the statement log never holds a password, nor the key', () =>
  onNewServer(async (server) => {
    await ask(server.url('postgres'), `alter system set log_statement = 'all'`);
    await ask(server.url('postgres'), 'select pg_reload_conf()');
    const secrets = newSecrets();
    const { logged } = await provision(server.url('postgres'), ['logged'], secrets);
    const key = await withClient(logged.appUrl, (client) => installationKey(client, secrets));
    const [row] = await ask(server.url('postgres'), `select current_setting('data_directory') as folder`);
    const log = await readFile(join(String(row?.folder), '../postgres.log'), 'utf8');
    expect(log).toContain('create role polity_app_');
    for (const secret of [new URL(logged.appUrl).password, new URL(logged.ownerUrl).password, secrets.master, key]) {
      expect(log).not.toContain(secret);
    }
  }));

describe('a secret that is not of this server', () => {
  const passwords = (url: string) =>
    ask(url, `select rolname, rolpassword from pg_authid where rolname like 'polity%' order by 1`);

  test('is refused in one sentence, and whoever holds the right one goes on', async () => {
    const { own } = await provision(server.url('postgres'), ['own'], folder);
    const before = await passwords(server.url('postgres'));
    const wrong = newSecrets();
    const sentence = await refusal(provision(server.url('postgres'), ['own'], wrong));
    expect(sentence).toContain(fingerprint(wrong));
    expect(sentence).toContain(fingerprint(await loadSecrets(folder)));
    expect(sentence).not.toContain(wrong.master);
    expect(await passwords(server.url('postgres'))).toEqual(before);
    expect(await ask(own.appUrl, 'select 1 as fine')).toEqual([{ fine: 1 }]);
  });

  test('cannot be the second first one: of starts at once with different secrets one wins, for good', () =>
    onNewServer(async ({ url }) => {
      const contenders = Array.from({ length: 5 }, newSecrets);
      const outcomes = await Promise.allSettled(
        contenders.map((secrets) => provision(url('postgres'), ['raced'], secrets)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const winner = contenders[outcomes.findIndex(({ status }) => status === 'fulfilled')] as Secrets;
      await provision(url('postgres'), ['raced'], winner);
      for (const other of contenders.filter((each) => each !== winner)) {
        expect(await refusal(provision(url('postgres'), ['raced'], other))).toContain(fingerprint(winner));
      }
    }));

  test('is told from the right one also on a server of before there were key slots', () =>
    onNewServer(async ({ url }) => {
      const secrets = newSecrets();
      const { password } = login(secrets, 'polity_app');
      for (const role of ['polity_owner', 'polity_app'])
        await ask(url('postgres'), `create role ${role} login password '${password}'`);
      expect(await refusal(provision(url('postgres'), ['former'], newSecrets()))).toContain('another secret');
      const { former } = await provision(url('postgres'), ['former'], secrets);
      // What was derived from the secret itself must go on to hold: sealed secrets, the pepper of passwords.
      expect(await withClient(former.appUrl, (client) => installationKey(client, secrets))).toBe(secrets.master);
    }));
});

test('every process of an installation finds one key, which the secret only opens', async () => {
  const urls = await provision(server.url('postgres'), ['one', 'two'], folder);
  const secrets = await loadSecrets(folder);
  const key = await withClient(urls.one.appUrl, (client) => installationKey(client, secrets));
  expect(await withClient(urls.two.appUrl, (client) => installationKey(client, secrets))).toBe(key);
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(key).not.toBe(secrets.master);
  const [slot] = await withClient(urls.one.appUrl, keySlots);
  expect(slot?.envelope).not.toContain(key);
  expect(() => heldKey({ id: slot!.id, envelope: slot!.envelope.replace(/.{4}$/, 'AAAA') }, secrets)).toThrow(
    'damaged',
  );
});

describe('what cannot be provisioned says why in one sentence', () => {
  test('a wrong password, an unknown database, a silent host, a lesser user and a malformed URL', async () => {
    const admin = new URL(server.url('postgres'));
    const changed = (part: 'password' | 'pathname' | 'port', value: string) => {
      const url = new URL(admin);
      url[part] = value;
      return url.href;
    };
    expect(await refusal(provision(changed('password', 'guess'), ['alpha'], folder))).toContain('check the password');
    expect(await refusal(provision(changed('pathname', '/nowhere'), ['alpha'], folder))).toContain('does not exist');
    expect(await refusal(provision(changed('port', '1'), ['alpha'], folder))).toContain('ECONNREFUSED');
    expect(await refusal(provision('mysql://root@localhost/', ['alpha'], folder))).toContain(
      'must look like postgres://',
    );
    await ask(server.url('postgres'), `create role lesser login password 'lesser'`);
    const lesser = { host: server.host, port: server.port, user: 'lesser', password: 'lesser' };
    expect(await refusal(provision(lesser, ['alpha'], folder))).toContain('needs the right to create roles');
  });

  test('a service name that is not an identifier is a mistake of the programmer', async () => {
    await expect(provision(server.url('postgres'), ['x; drop'], folder)).rejects.toThrow(TypeError);
  });
});

// For example DATABASE_URL=postgres://postgres@127.0.0.1:5432 with a PostgreSQL 15: it makes and drops one database there.
whenExternal('a server of the operator serves as well as the embedded one', async () => {
  const urls = await provision(externalUrl ?? '', ['provision_test'], folder);
  try {
    await expectTwoRoles(urls.provision_test);
  } finally {
    await ask(externalUrl ?? '', 'drop database polity_provision_test with (force)');
  }
});

describe('secrets', () => {
  test('are made once and kept for their owner alone', async () => {
    const dataDir = join(folder, 'secrets');
    const first = await loadSecrets(dataDir);
    expect(Buffer.from(first.master, 'base64url')).toHaveLength(32);
    expect(await loadSecrets(dataDir)).toEqual(first);
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await loadSecrets(join(folder, 'other-secrets'))).not.toEqual(first);
  });

  test('that are damaged are never silently replaced', async () => {
    const dataDir = join(folder, 'damaged');
    await loadSecrets(dataDir);
    for (const text of ['', '{', '{"master":"short"}', 'null']) {
      await writeFile(join(dataDir, 'secrets.json'), text);
      expect(await refusal(loadSecrets(dataDir))).toContain('is damaged');
      expect(await readFile(join(dataDir, 'secrets.json'), 'utf8')).toBe(text);
    }
  });

  test('given from outside must be 32 bytes', async () => {
    const { master } = await loadSecrets(folder);
    expect(secretsFrom(master)).toEqual({ master });
    expect(await refusal((async () => secretsFrom('guessable'))())).toContain('32 random bytes');
  });

  // RFC 5869 test case 3: the same extract and expand with an empty salt.
  test('derive one key per purpose as RFC 5869 says', () => {
    const master = Buffer.alloc(22, 0x0b).toString('base64url');
    expect(deriveKey(master, '').toString('hex')).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
    );
    expect(deriveKey(master, 'a').equals(deriveKey(master, 'b'))).toBe(false);
    expect(deriveKey(master, 'a')).toHaveLength(32);
  });
});
