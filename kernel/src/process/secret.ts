import { readFile } from 'node:fs/promises';
import type { PlatformEnv } from '../config/env.ts';
import { loadSecrets, type Secrets, secretsFrom } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';

/** Where the secret of a process comes from. */
export type SecretSource = 'POLITY_SECRET' | 'POLITY_SECRET_FILE' | 'secrets.json';

/** The place that the settings name. Throws StartError where they name two, or in production none. */
export function secretSource(env: PlatformEnv): SecretSource {
  if (env.POLITY_SECRET && env.POLITY_SECRET_FILE)
    throw new StartError('POLITY_SECRET and POLITY_SECRET_FILE are both set. Keep one of them.');
  if (env.POLITY_SECRET) return 'POLITY_SECRET';
  if (env.POLITY_SECRET_FILE) return 'POLITY_SECRET_FILE';
  if (env.NODE_ENV === 'production')
    throw new StartError('Neither POLITY_SECRET nor POLITY_SECRET_FILE is set. Production needs one of them.');
  return 'secrets.json';
}

/** The secret of this process; outside production it is made with the first start. Throws StartError. */
export async function processSecret(env: PlatformEnv): Promise<Secrets> {
  const source = secretSource(env);
  if (source === 'POLITY_SECRET') return secretsFrom(env.POLITY_SECRET as string);
  if (source === 'secrets.json') return loadSecrets(env.DATA_DIR);
  const file = env.POLITY_SECRET_FILE as string;
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new StartError(`The file ${file} (POLITY_SECRET_FILE) cannot be read (${cause.code}).`, { cause });
  });
  return secretsFrom(text.trim());
}
