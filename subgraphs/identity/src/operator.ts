import type { EntityManager } from '@mikro-orm/postgresql';
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { openOrm, tenantEm } from '@polity/kernel/db/orm';
import { openDatabases } from '@polity/kernel/process/platform';
import { orm } from '../orm.config.ts';
import { readConfig } from './config.ts';
import { type SecretBox, secretBox } from './secrets.ts';

export const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs an operator's work on the database of identity, beside a running Polity or while it is stopped. Throws StartError. */
export async function onDatabase(
  command: string,
  work: (em: EntityManager, secrets: SecretBox, inTenant: (id: string) => EntityManager) => Promise<void>,
): Promise<void> {
  const env = readEnv(platformEnv, processEnv, command);
  const databases = await openDatabases(env, ['identity'], { onProgress: say, beside: true });
  try {
    const urls = databases.urls.identity;
    if (!urls) throw new StartError('No database was prepared for identity.');
    const database = await openOrm(orm, urls.appUrl);
    const secrets = secretBox(databases.key, readConfig(processEnv).secretKeyIds);
    const inTenant = (id: string) => tenantEm(database, id, null);
    await work(tenantEm(database, null, null), secrets, inTenant).finally(() => database.close(true));
  } finally {
    await databases.stop();
  }
}
