import { processEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { runCommand } from './command.ts';

// npm run access -- explain <user id> <permission> <scope id>
// npm run access -- replay <number of a logged decision>

try {
  const lines = await runCommand(process.argv.slice(2), processEnv);
  process.stdout.write(`${lines.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
