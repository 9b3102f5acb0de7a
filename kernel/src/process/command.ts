import { StartError } from '../config/start-error.ts';

/** What is shown of an error: one sentence for what an operator can mend, the whole of it for what they cannot. */
export function explained(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  // What parseArgs (node:util) says about a wrong argument is a sentence already.
  return code?.startsWith('ERR_PARSE_ARGS') ? message : (stack ?? String(error));
}

/** Runs the work of a command line; a failure is shown after `name` and ends the process with code 1. */
export function runCommand(name: string, work: () => Promise<void>): void {
  keepQuiet();
  work().catch((error: unknown) => {
    process.stderr.write(`${name}: ${explained(error)}\n`);
    process.exit(1);
  });
}

/** Output that nobody reads any more is lost; it must not end the process in the middle of its work. */
export function keepQuiet(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
