import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { openOrm, tenantEm } from '@polity/kernel/db/orm';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases } from '@polity/kernel/process/platform';
import { orm } from '../orm.config.ts';
import { readConfig } from './config.ts';
import { rotateSecrets } from './domain/mfa/totp.service.ts';
import { resealSigningKeys } from './domain/oidc-payload/signing-keys.ts';
import { secretBox } from './secrets.ts';

// SECRET_KEY_IDS=k2,k1 node subgraphs/identity/src/rotate-secrets.ts: afterwards k1 can go from the list.

async function rotate(): Promise<void> {
  const env = readEnv(platformEnv, processEnv, 'rotate-secrets');
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const databases = await openDatabases(env, ['identity'], { onProgress: say, beside: true });
  try {
    const urls = databases.urls.identity;
    if (!urls) throw new StartError('No database was prepared for identity.');
    const database = await openOrm(orm, urls.appUrl);
    const secrets = secretBox(databases.key, readConfig(processEnv).secretKeyIds);
    const em = tenantEm(database, null, null);
    const factors = () => rotateSecrets(em, secrets);
    const written = await resealSigningKeys(em, secrets)
      .then(async (keys) => keys + (await factors()))
      .finally(() => database.close(true));
    say(`${written} secrets were sealed with the newest key.`);
  } finally {
    await databases.stop();
  }
}

runCommand('Nothing was rotated', rotate);
