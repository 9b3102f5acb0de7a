import type pg from 'pg';
import { fingerprint, type Secrets } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { addKeySlot, dropKeySlot, heldKey, keySlots } from '../db/key-slots.ts';
import { knownMigrations, migrate } from '../db/migrate.ts';
import type { OrmDefinition } from '../db/orm.ts';
import { createPrepared, provisioning, serviceUrls, withClient } from '../db/provision.ts';
import { ensureRoles } from '../db/provision-roles.ts';
import type { FileStore } from '../files/store.ts';
import { STORE_SERVICE } from '../process/platform.ts';
import { restoreFiles, verifyCopiedFiles } from './files.ts';
import { loadDatabase, verifyFiles } from './load.ts';
import { type DatabaseCopy, type Manifest, readManifest } from './manifest.ts';

export interface RestoreOptions {
  folder: string;
  /** Address of the server as its administrator. */
  adminUrl: string;
  secrets: Secrets;
  definitions: readonly OrmDefinition[];
  files: FileStore;
  /** Whether databases that are there may be replaced. */
  replace: boolean;
  onProgress(line: string): void;
}

// What was published shortly before the backup may not have been consumed everywhere; inboxes absorb what was.
const REPUBLISH = `update outbox set published_at = null, attempts = 0, next_at = '-infinity'
  where published_at > $1::timestamptz - interval '1 day'`;

/**
 * Brings an installation back to its backup. Everything is loaded beside what is there and takes its place at the end, so that a restore
 * that fails changes nothing. Throws StartError.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { folder, adminUrl, secrets, definitions, onProgress } = options;
  const manifest = await readManifest(folder);
  const key = keyOf(manifest, secrets);
  for (const copy of manifest.databases) await refuseNewer(copy, definitionOf(copy, definitions));
  await verifyFiles(folder, manifest);
  await verifyCopiedFiles(folder, manifest.files);
  await provisioning(adminUrl, async (admin) => {
    await refuseToReplace(admin, manifest, options.replace);
    await adoptKey(admin, secrets, key);
    if (manifest.files) onProgress(`Putting ${manifest.files.count} files back`);
    await restoreFiles(folder, manifest.files, options.files);
    for (const copy of manifest.databases) {
      onProgress(`Loading ${copy.service}`);
      await loadBeside(admin, copy, options, manifest.takenAt);
    }
    for (const { service } of manifest.databases) await takeItsPlace(admin, service);
    // Sessions, counters and stamps are of another time.
    await admin.query(`drop database if exists polity_${STORE_SERVICE}`);
  });
  return manifest;
}

function keyOf({ slots }: Manifest, secrets: Secrets): string {
  const slot = slots.find(({ id }) => id === fingerprint(secrets));
  if (slot) return heldKey(slot, secrets);
  throw new StartError(
    `This backup opens with the secret with the fingerprint ${slots.map(({ id }) => id).join(' or ')}; the one given has ${fingerprint(secrets)}.`,
  );
}

function definitionOf({ service, migrations }: DatabaseCopy, definitions: readonly OrmDefinition[]): OrmDefinition {
  const found = definitions.find(({ name }) => name === service);
  if (!found) throw new StartError(`This release has no service ${service}, of which the backup holds data.`);
  if (migrations.length === 0) throw new StartError(`The backup of ${service} names no migration.`);
  return found;
}

async function refuseNewer({ service, migrations }: DatabaseCopy, definition: OrmDefinition): Promise<void> {
  const known = await knownMigrations(definition);
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new StartError(`The backup of ${service} is of a newer release: this one has no ${unknown.join(', ')}.`);
}

async function refuseToReplace(admin: pg.Client, { databases }: Manifest, replace: boolean): Promise<void> {
  const names = [...databases.map(({ service }) => service), STORE_SERVICE].map((service) => `polity_${service}`);
  const { rows } = await admin.query<{ name: string; users: number }>(
    `select datname as name, (select count(*)::int from pg_stat_activity a
       where a.datname = d.datname and a.backend_type = 'client backend') as users
     from pg_database d where datname = any($1) order by 1`,
    [names],
  );
  const used = rows.find(({ users }) => users > 0);
  if (used) throw new StartError(`The database ${used.name} is in use. Stop every process of the installation first.`);
  if (rows.length > 0 && !replace)
    throw new StartError(
      'There are databases on this server already. Give --replace to put the backup in their place.',
    );
}

/** The server shall hold the key of the backup, whatever it held; logins without a slot of that key would open nothing. */
async function adoptKey(admin: pg.Client, secrets: Secrets, key: string): Promise<void> {
  const slots = await keySlots(admin);
  const own = slots.find(({ id }) => id === fingerprint(secrets));
  if (own && heldKey(own, secrets) !== key) {
    await admin.query('begin');
    for (const { id } of slots) await dropKeySlot(admin, id);
    await addKeySlot(admin, secrets, key);
    await admin.query('commit');
  }
  await ensureRoles(admin, secrets, key);
}

async function loadBeside(
  admin: pg.Client,
  copy: DatabaseCopy,
  options: RestoreOptions,
  takenAt: string,
): Promise<void> {
  const { folder, adminUrl, secrets, definitions } = options;
  const database = `polity_${copy.service}_restoring`;
  await admin.query(`drop database if exists ${database} with (force)`);
  await createPrepared(admin, adminUrl, secrets, database);
  const { ownerUrl } = serviceUrls(adminUrl, secrets, database);
  const definition = definitionOf(copy, definitions);
  await migrate(definition, ownerUrl, { to: copy.migrations.at(-1) as string });
  await withClient(ownerUrl, async (owner) => loadDatabase(folder, copy, owner));
  await migrate(definition, ownerUrl);
  await withClient(ownerUrl, async (owner) => {
    await owner.query(REPUBLISH, [takenAt]);
    for (const statement of definition.afterRestore ?? []) await owner.query(statement);
  });
}

async function takeItsPlace(admin: pg.Client, service: string): Promise<void> {
  await admin.query(`drop database if exists polity_${service}`);
  await admin.query(`alter database polity_${service}_restoring rename to polity_${service}`);
}
