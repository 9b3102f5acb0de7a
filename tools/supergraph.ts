// npm run supergraph: has gateways serve the supergraph that lies in their file now, or the one before.
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases } from '@polity/kernel/process/platform';
import { supergraphLines } from './supergraph-command.ts';

runCommand('supergraph', async () => {
  const env = readEnv(platformEnv, processEnv, 'supergraph');
  async function key(): Promise<string> {
    const databases = await openDatabases(env, [], { beside: true });
    await databases.stop();
    return databases.key;
  }
  for (const line of await supergraphLines(process.argv.slice(2), env.OPS_PORT, key)) console.log(line);
});
