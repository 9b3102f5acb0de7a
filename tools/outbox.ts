// npm run outbox: what the outboxes and inboxes of the installation hold, and its dead letters run again.
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases } from '@polity/kernel/process/platform';
import { registry } from '../subgraphs/registry.ts';
import { outboxCommand } from './outbox-command.ts';

runCommand('outbox', async () => {
  const command = outboxCommand(process.argv.slice(2));
  const names = registry.map(({ name }) => name);
  const databases = await openDatabases(readEnv(platformEnv, processEnv, 'outbox'), names, { beside: true });
  try {
    const addresses = names.map((name) => [name, databases.urls[name]?.appUrl as string]);
    const lines = await command(Object.fromEntries(addresses));
    for (const line of lines) console.log(line);
  } finally {
    await databases.stop();
  }
});
