import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { notHolding } from './holding.ts';
import { type OrmDefinition, openOrm } from './orm.ts';
import { withClient } from './provision.ts';

/** Waits for others' locks that short, so that whoever queues behind the migration goes on, and tries again. */
const LOCK_MS = 3_000;
const PAUSE_MS = 2_000;
/** How long a migration may be kept waiting by others' locks, all tries together. */
const PATIENCE_MS = 600_000;
const LOCKED = '55P03';

/** How far a migration goes, and how it waits for locks; tests wait shorter. */
export interface MigrateOptions {
  lockMs?: number;
  pauseMs?: number;
  patienceMs?: number;
  /** The last migration to run; the newest by default. */
  to?: string;
  /** One line when a try had to give way. */
  onProgress?: (line: string) => void;
}

/** Names of the migrations of this release, oldest first. */
export async function knownMigrations({ migrations }: OrmDefinition): Promise<string[]> {
  const files = await readdir(fileURLToPath(migrations));
  return files
    .filter((file) => /^Migration\d+.*\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Names of the migrations that a database has not had yet, oldest first. */
export async function pendingMigrations(definition: OrmDefinition, client: pg.Client): Promise<string[]> {
  const applied = new Set(await appliedMigrations(client));
  return (await knownMigrations(definition)).filter((name) => !applied.has(name));
}

/** Names of the migrations that a database has had, in their order. */
export async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ made: boolean }>(`select to_regclass('migration') is not null as made`);
  if (!found[0]?.made) return [];
  const { rows } = await client.query<{ name: string }>('select name from migration order by id');
  return rows.map(({ name }) => name);
}

/**
 * Brings a database to the newest migration, or to the one named `to`, as its owner; safe when several processes do it at once. A step
 * may take as long as it needs; one that waits for others' locks gives way and is tried again. Throws StartError when they are never free.
 */
export async function migrate(
  definition: OrmDefinition,
  ownerUrl: string,
  { lockMs = LOCK_MS, pauseMs = PAUSE_MS, patienceMs = PATIENCE_MS, to, onProgress }: MigrateOptions = {},
): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    const pending = await withClient(ownerUrl, (client) => pendingMigrations(definition, client));
    if (pending.length === 0) return;
    try {
      return await migrateNow(definition, ownerUrl, lockMs, to);
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (Date.now() > until) {
        throw new StartError(
          `The migration ${pending[0]} of ${definition.name} waits for a lock that is never free. Stop what holds it, then run it again.`,
          { cause: error },
        );
      }
      if (attempt === 1) onProgress?.(`The migration ${pending[0]} of ${definition.name} waits for a lock`);
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}

function isLocked(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if ((at as pg.DatabaseError).code === LOCKED) return true;
  return false;
}

async function migrateNow(definition: OrmDefinition, ownerUrl: string, lockMs: number, to?: string): Promise<void> {
  const orm = await openOrm(definition, ownerUrl, { prepare: false, lockMs });
  try {
    await orm.em.fork().transactional(async (tx) => {
      // One advisory lock per database: a second process waits here, however long, and then finds nothing to do.
      await tx.execute('set local lock_timeout = 0');
      await tx.execute('select pg_advisory_xact_lock(7301)');
      // It works on connections of its own, and this pool serves nobody else.
      await notHolding(() => orm.migrator.up(to ? { to } : undefined));
    });
  } finally {
    await orm.close(true);
  }
}

/** Resolves once a database has every migration that this release needs; says so once when it has to wait, and never ends by itself. */
export async function awaitMigrations(
  definition: OrmDefinition,
  appUrl: string,
  onWait: (line: string) => void,
  pauseMs = 1_000,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const pending = await withClient(appUrl, (client) => pendingMigrations(definition, client));
    if (pending.length === 0) return;
    if (attempt === 1)
      onWait(`The database of ${definition.name} waits for ${pending.join(', ')}: run "npm run migrate"`);
    await sleep(pauseMs);
  }
}
