import { spawn } from 'node:child_process';

/** Ends what a run has started when the run itself ends, in whatever way. */
export interface Leash {
  hold(pid: number): void;
  letGo(pid: number): void;
  /** Kills all that is held and deletes the folders. */
  end(): Promise<void>;
}

// A killed run closes the shell's standard input; then the shell kills what is still on its list.
const SCRIPT = `held=""
while read -r sign id; do
  rest=""
  for each in $held; do [ "$each" = "$id" ] || rest="$rest $each"; done
  held="$rest"
  [ "$sign" = "+" ] && held="$held $id"
done
[ -n "$held" ] && kill -9 $held
sleep 0.5
rm -rf "$@"`;

export function leash(folders: readonly string[]): Leash {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'leash', ...folders], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  return {
    hold: (pid) => void shell.stdin.write(`+ ${pid}\n`),
    letGo: (pid) => void shell.stdin.write(`- ${pid}\n`),
    async end() {
      shell.stdin.end();
      await ended;
    },
  };
}
