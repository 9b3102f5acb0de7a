import type { PlatformEnv } from '@polity/kernel/config/env';
import { openDatabases } from '@polity/kernel/process/platform';

/** The secret with which the processes of the installation of this environment sign what they ask each other. Throws StartError. */
export async function installationKey(env: PlatformEnv): Promise<string> {
  const databases = await openDatabases(env, [], { beside: true });
  await databases.stop();
  return databases.key;
}
