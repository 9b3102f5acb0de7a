// npm run restore -- <folder> [--replace]: brings the installation back to a backup, on DATABASE_URL or the embedded server, while no
// process of it runs.
import { parseArgs } from 'node:util';
import { restore } from '@polity/kernel/backup/restore';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { openFiles } from '@polity/kernel/files/open';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases, openServer } from '@polity/kernel/process/platform';
import { processSecret } from '@polity/kernel/process/secret';
import { migrateAll, ormDefinitions } from './orm-definitions.ts';

const say = (line: string): void => console.log(line);

runCommand('Not restored', async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' } } });
  const [folder, ...rest] = positionals;
  if (!folder || rest.length > 0) throw new StartError('usage: npm run restore -- <folder> [--replace]');
  const env = readEnv(platformEnv, process.env, 'settings');
  const secrets = await processSecret(env);
  const definitions = await ormDefinitions();
  const files = openFiles(env);
  const { adminUrl, stop } = await openServer(env, { onProgress: say });
  try {
    const given = { folder, adminUrl, secrets, definitions, files, replace: values.replace === true, onProgress: say };
    const { takenAt } = await restore(given);
    // Services that are newer than the backup get their empty databases.
    const prepared = await openDatabases(
      { ...env, DATABASE_URL: adminUrl },
      definitions.map(({ name }) => name),
    );
    await migrateAll(definitions, prepared.urls, say);
    say(
      `The installation is as it was at ${takenAt}. Start it: events of the day before are published again, and inboxes drop what was consumed.`,
    );
  } finally {
    await files.close();
    await stop();
  }
});
