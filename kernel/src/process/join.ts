import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { PlatformEnv } from '../config/env.ts';
import { fingerprint } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { installationKey } from '../db/key-slots.ts';
import { isDatabaseOutage } from '../db/outage.ts';
import { type ServiceUrls, serverUrl, serviceUrls, withClient } from '../db/provision.ts';
import type { Logger } from '../log/logger.ts';
import { type Databases, openDatabases, STORE_SERVICE } from './platform.ts';
import { processSecret } from './secret.ts';

/** What a service needs of the databases; it is no administrator of them. */
export type JoinedDatabases = Pick<Databases, 'urls' | 'key'> & {
  /** Whether this process brings its database to the newest migration, or waits for whoever does. */
  migrations: 'run' | 'await';
};

const PAUSE_MS = 500;
const NO_DATABASE = '3D000';

/**
 * Finds the database of a service. DATABASE_URL without a user is the server, on which `npm run migrate` prepares everything: the service
 * signs in by its secret and waits. With an administrator's user, outside production only, it prepares for itself. Throws StartError.
 */
export async function joinDatabases(env: PlatformEnv, name: string, log: Logger): Promise<JoinedDatabases> {
  if (!env.DATABASE_URL)
    throw new StartError('DATABASE_URL is not set. Only `npm start` brings a database of its own.');
  const server = serverUrl(env.DATABASE_URL);
  if (server.username === '') return await joinPrepared(env, server, name, log);
  if (env.NODE_ENV === 'production') {
    throw new StartError(
      `DATABASE_URL names the user ${server.username}. In production a service signs in by its secret: leave user and password out, and let "npm run migrate" prepare the databases.`,
    );
  }
  const { urls, key } = await openDatabases(env, [name]);
  return { urls, key, migrations: 'run' };
}

async function joinPrepared(env: PlatformEnv, server: URL, name: string, log: Logger): Promise<JoinedDatabases> {
  const secrets = await processSecret(env);
  const urlsOf = (service: string): ServiceUrls => serviceUrls(server.href, secrets, `polity_${service}`);
  const urls = Object.fromEntries([name, STORE_SERVICE].map((service) => [service, urlsOf(service)]));
  for (let attempt = 1; ; attempt++) {
    try {
      const key = await withClient(urlsOf(name).appUrl, (client) => installationKey(client, secrets));
      return { urls, key, migrations: 'await' };
    } catch (error) {
      const { code, message } = error as pg.DatabaseError;
      if (code === '28P01' || code === '28000') {
        throw new StartError(
          `The database server at ${server.host} does not know the secret with the fingerprint ${fingerprint(secrets)}: it was prepared with another one, or not yet ("npm run migrate").`,
          { cause: error },
        );
      }
      if (code !== NO_DATABASE && !isDatabaseOutage(error)) throw error;
      if (attempt === 1) log.warn({ reason: message || code }, `waiting for the database polity_${name}`);
      await sleep(PAUSE_MS);
    }
  }
}
