import * as command from '@polity/kernel/process/command';
import { countCommand, isTheCallers } from './commands/count.ts';
import { UsageError } from './commands/usage.ts';
import { verifyCommand } from './commands/verify.ts';

// npm run voting -- <command> …: one file for each under commands/. Each answers what is to be printed. `import`, which other subgraphs have a part in, is
// tools/voting-import.ts.

const COMMANDS: Record<string, (args: readonly string[]) => Promise<string>> = {
  count: countCommand,
  verify: verifyCommand,
};

async function run([name = '', ...args]: readonly string[]): Promise<string> {
  const work = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!work) throw new UsageError(`The commands are: ${Object.keys(COMMANDS).join(', ')}, import, fetch.`);
  return work(args);
}

command.runCommand('voting', async () => {
  try {
    process.stdout.write(await run(process.argv.slice(2)));
  } catch (error) {
    if (!isTheCallers(error)) throw error;
    process.stderr.write(`voting: ${error.message}\n`);
    process.exitCode = 2;
  }
});
