// npm run supergraph: has gateways serve the supergraph that lies in their file now, or the one before, or says whether they would.
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { runCommand } from '@polity/kernel/process/command';
import { installationKey } from './installation-key.ts';
import { supergraphLines } from './supergraph-command.ts';

runCommand('supergraph', async () => {
  const env = readEnv(platformEnv, processEnv, 'supergraph');
  for (const line of await supergraphLines(process.argv.slice(2), env.OPS_PORT, () => installationKey(env)))
    console.log(line);
});
