// npm run operations: publishes the operations of a client's build over HTTP, and retires them.
import { runCommand } from '@polity/kernel/process/command';
import { operationsLine } from './operations-command.ts';

runCommand('operations', async () => console.log(await operationsLine(process.argv.slice(2))));
