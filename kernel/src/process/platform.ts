import type { PlatformEnv } from '../config/env.ts';
import type { Secrets } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { type ConnectionBudget, connectionBudget } from '../db/budget.ts';
import { attachEmbeddedPostgres, startEmbeddedPostgres } from '../db/embedded.ts';
import { installationKey } from '../db/key-slots.ts';
import { provision, type ServiceUrls, serverUrl, withClient } from '../db/provision.ts';
import { createStoreTables, postgresStore } from '../kv/postgres.ts';
import { redisStore } from '../kv/redis.ts';
import type { KeyValueStore } from '../kv/store.ts';
import { processSecret } from './secret.ts';

/** Databases of an installation: one per service, on the embedded server or on the one that DATABASE_URL names. */
export interface Databases {
  urls: Record<string, ServiceUrls>;
  /** Address of the server as its administrator. */
  adminUrl: string;
  /** Address of the server for services, which sign in by themselves. */
  serverUrl: string;
  secrets: Secrets;
  /** 32 bytes as base64url, from which every other key is derived; the secret opens it. */
  key: string;
  stop(): Promise<void>;
}

/** The service whose database holds sessions and counters when there is no Redis. */
export const STORE_SERVICE = 'gateway';

/** How the embedded server is opened. */
export interface OpenDatabases {
  onProgress?: (line: string) => void;
  /** Use the server that another process has running, where there is one: for commands beside a start. */
  beside?: boolean;
}

/** The server as its administrator: DATABASE_URL, else the embedded one, which this starts. Throws StartError. */
export async function openServer(
  env: PlatformEnv,
  { onProgress = () => {}, beside = false }: OpenDatabases = {},
): Promise<Pick<Databases, 'adminUrl' | 'stop'>> {
  if (env.DATABASE_URL) return { adminUrl: administrator(env), stop: async () => {} };
  const running = beside ? await attachEmbeddedPostgres(env.DATA_DIR) : null;
  const embedded = running ?? (await startEmbeddedPostgres({ dataDir: env.DATA_DIR, onProgress }));
  return { adminUrl: embedded.url('postgres'), stop: () => embedded.stop() };
}

function administrator(env: PlatformEnv): string {
  const url = serverUrl(env.DATABASE_URL as string);
  if (url.username === '')
    throw new StartError('DATABASE_URL names no user. Preparing databases needs an administrator of the server.');
  // The setter leaves a percent sign as it is.
  if (url.password === '' && env.PGPASSWORD) url.password = encodeURIComponent(env.PGPASSWORD);
  return url.href;
}

/** Prepares a database per service as the server's administrator. Throws StartError. */
export async function openDatabases(
  env: PlatformEnv,
  services: readonly string[],
  options: OpenDatabases = {},
): Promise<Databases> {
  const secrets = await processSecret(env);
  const { adminUrl, stop } = await openServer(env, options);
  try {
    const urls = await provision(adminUrl, [...new Set([...services, STORE_SERVICE])], secrets);
    const store = urls[STORE_SERVICE] as ServiceUrls;
    const [key] = await Promise.all([
      withClient(store.appUrl, (client) => installationKey(client, secrets)),
      createStoreTables(store.ownerUrl),
    ]);
    return { urls, adminUrl, serverUrl: withoutUser(adminUrl), secrets, key, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function withoutUser(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.username = '';
  url.password = '';
  return url.href;
}

/** How this process shares out its connections over so many subgraphs. */
export const budgetOf = (env: PlatformEnv, subgraphs: number): ConnectionBudget =>
  connectionBudget(env.DATABASE_CONNECTIONS, subgraphs, !env.REDIS_URL);

/** The store of sessions and counters: Redis where REDIS_URL is set, else a table in the gateway's database. */
export async function openStore(
  env: PlatformEnv,
  databases: Pick<Databases, 'urls'>,
  subgraphs: number,
): Promise<KeyValueStore> {
  const url = databases.urls[STORE_SERVICE]?.appUrl as string;
  const store = env.REDIS_URL
    ? redisStore({ url: env.REDIS_URL, password: env.REDIS_PASSWORD, replicas: env.REDIS_REPLICAS })
    : postgresStore({ url, maxConnections: budgetOf(env, subgraphs).store });
  try {
    await store.ping();
    return store;
  } catch (cause) {
    await store.close();
    throw new StartError(`${env.REDIS_URL ? 'Redis (REDIS_URL)' : 'The database'} does not answer.`, { cause });
  }
}
