import type { PlatformEnv } from '../config/env.ts';
import { loadSecrets, type Secrets, secretsFrom } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/embedded.ts';
import { provision, type ServiceUrls } from '../db/provision.ts';
import { postgresStore } from '../kv/postgres.ts';
import { redisStore } from '../kv/redis.ts';
import type { KeyValueStore } from '../kv/store.ts';

/** Databases of an installation: one per service, on the embedded server or on the one that DATABASE_URL names. */
export interface Databases {
  urls: Record<string, ServiceUrls>;
  /** Address of the server for further processes, as its administrator. */
  adminUrl: string;
  secrets: Secrets;
  stop(): Promise<void>;
}

/** The service whose database holds sessions and counters when there is no Redis. */
export const STORE_SERVICE = 'gateway';

/** Starts the embedded PostgreSQL unless DATABASE_URL is set, and prepares a database per service. Throws StartError. */
export async function openDatabases(
  env: PlatformEnv,
  services: readonly string[],
  onProgress: (line: string) => void,
): Promise<Databases> {
  const secrets = env.POLITY_SECRET ? secretsFrom(env.POLITY_SECRET) : await loadSecrets(env.DATA_DIR);
  let embedded: EmbeddedPostgres | null = null;
  if (!env.DATABASE_URL) embedded = await startEmbeddedPostgres({ dataDir: env.DATA_DIR, onProgress });
  const adminUrl = env.DATABASE_URL ?? (embedded as EmbeddedPostgres).url('postgres');
  try {
    const urls = await provision(adminUrl, [...new Set([...services, STORE_SERVICE])], secrets);
    return { urls, adminUrl, secrets, stop: async () => embedded?.stop() };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** The store of sessions and counters: Redis where REDIS_URL is set, else a table in the gateway's database. */
export async function openStore(env: PlatformEnv, databases: Databases): Promise<KeyValueStore> {
  const owner = databases.urls[STORE_SERVICE]?.ownerUrl as string;
  const store = env.REDIS_URL
    ? redisStore({ url: env.REDIS_URL, replicas: env.REDIS_REPLICAS })
    : postgresStore({ url: owner });
  try {
    await store.ping();
    return store;
  } catch (cause) {
    await store.close();
    throw new StartError(`${env.REDIS_URL ? 'Redis (REDIS_URL)' : 'The database'} does not answer.`, { cause });
  }
}
