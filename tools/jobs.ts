// npm run jobs: what the services do without a client, and jobs that were given up run again.
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases } from '@polity/kernel/process/platform';
import { registry } from '../subgraphs/registry.ts';
import { jobsCommand } from './jobs-command.ts';

runCommand('jobs', async () => {
  const command = jobsCommand(process.argv.slice(2));
  const names = registry.map(({ name }) => name);
  const databases = await openDatabases(readEnv(platformEnv, processEnv, 'jobs'), names, { beside: true });
  try {
    const addresses = names.map((name) => [name, databases.urls[name]?.appUrl as string]);
    const lines = await command(Object.fromEntries(addresses));
    for (const line of lines) console.log(line);
  } finally {
    await databases.stop();
  }
});
