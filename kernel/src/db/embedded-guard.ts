import { spawn } from 'node:child_process';

// The shell waits for its input to close, which the system does when our process ends in whatever way: kill -9, a broken pipe, Ctrl-C in
// the middle of a start. Then it stops the server: in order, else at once, else, for one that hangs, by force.
const SCRIPT = `read _
for step in "INT 100" "QUIT 30" "KILL 30"; do
  set -- $step "$1"
  kill -"$1" "$0" 2>/dev/null || exit
  tries=$2
  while [ "$tries" -gt 0 ]; do kill -0 "$0" 2>/dev/null || exit; sleep 0.1; tries=$((tries - 1)); done
done`;

/** Stops a server when this process is gone without having done so; the result takes the guard off. */
export function guardServer(pid: number): () => void {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  (guard.stdin as unknown as { unref?(): void }).unref?.();
  return () => guard.kill('SIGKILL');
}
