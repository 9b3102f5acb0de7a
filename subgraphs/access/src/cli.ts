import { processEnv } from '@polity/kernel/config/env';
import * as command from '@polity/kernel/process/command';
import { runCommand } from './command.ts';

// npm run access -- explain <user id> <permission> <scope id>
// npm run access -- replay <number of a logged decision>

command.runCommand('access', async () => {
  const lines = await runCommand(process.argv.slice(2), processEnv);
  process.stdout.write(`${lines.join('\n')}\n`);
});
