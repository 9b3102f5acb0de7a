// npm run migrate: prepares roles and databases as the administrator of the server, on DATABASE_URL or the embedded one, also while it
// serves, and brings each to its newest migration.
import { platformEnv, readEnv } from '../kernel/src/config/env.ts';
import { runCommand } from '../kernel/src/process/command.ts';
import { openDatabases } from '../kernel/src/process/platform.ts';
import { migrateAll, ormDefinitions } from './orm-definitions.ts';

const say = (line: string): void => console.log(line);

runCommand('migrate', async () => {
  const env = readEnv(platformEnv, process.env, 'settings');
  const definitions = await ormDefinitions();
  const names = definitions.map(({ name }) => name);
  const databases = await openDatabases(env, names, { onProgress: say, beside: true });
  try {
    await migrateAll(definitions, databases.urls, say);
    say(`Every database is at its newest migration: ${names.join(', ')}.`);
  } finally {
    await databases.stop();
  }
});
