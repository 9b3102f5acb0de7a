// npm run backup -- <new folder>: all data of the installation as of one moment, on DATABASE_URL or the embedded server, while it serves.
import { parseArgs } from 'node:util';
import { backup } from '@polity/kernel/backup/backup';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { keySlots } from '@polity/kernel/db/key-slots';
import { withClient } from '@polity/kernel/db/provision';
import { openFiles } from '@polity/kernel/files/open';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases } from '@polity/kernel/process/platform';
import { migrateAll, ormDefinitions } from './orm-definitions.ts';

const say = (line: string): void => console.log(line);

runCommand('No backup', async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [folder, ...rest] = positionals;
  if (!folder || rest.length > 0) throw new StartError('usage: npm run backup -- <new folder>');
  const definitions = await ormDefinitions();
  const names = definitions.map(({ name }) => name);
  const env = readEnv(platformEnv, process.env, 'settings');
  const files = openFiles(env);
  const databases = await openDatabases(env, names, {
    onProgress: say,
    beside: true,
  });
  try {
    await migrateAll(definitions, databases.urls, say);
    const owners = Object.fromEntries(names.map((name) => [name, databases.urls[name]?.ownerUrl as string]));
    const manifest = await backup(folder, owners, await withClient(databases.adminUrl, keySlots), files);
    const rows = manifest.databases.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0);
    say(`${rows} rows of ${names.length} databases as of ${manifest.takenAt} are in ${folder}.`);
    say(
      manifest.files
        ? `So are ${manifest.files.count} files.`
        : 'Files are in the bucket of S3_URL, and not in this backup: it needs a copy of its own.',
    );
    say(
      `The secret is not in it: without the one with the fingerprint ${manifest.slots.map(({ id }) => id).join(' or ')} it opens no more.`,
    );
  } finally {
    await files.close();
    await databases.stop();
  }
});
