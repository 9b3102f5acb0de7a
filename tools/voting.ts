// npm run voting: `count` and `verify` need a file and nothing that runs; `fetch` asks an installation by HTTP, `import` needs the databases of the installation.
import { processEnv } from '@polity/kernel/config/env';
import { runCommand } from '@polity/kernel/process/command';

const [command, ...args] = process.argv.slice(2);

if (command === 'import') {
  runCommand('voting', async () => {
    const { importCommand } = await import('./voting-import.ts');
    process.stdout.write(await importCommand(args, processEnv));
  });
} else if (command === 'fetch') {
  runCommand('voting', async () => {
    const { fetchCommand } = await import('./voting-fetch.ts');
    process.stdout.write(await fetchCommand(args));
  });
} else {
  await import('../subgraphs/voting/src/cli.ts');
}
