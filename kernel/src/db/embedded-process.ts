import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Sighting {
  name: string;
  isZombie: boolean;
  /** Differs for every process that ever has this id, also across reboots. */
  birth: string;
}

/** What is known of a process: undefined when there is none, 'hidden' when the system will not say. */
export async function look(pid: number): Promise<Sighting | 'hidden' | undefined> {
  if (!exists(pid)) return undefined;
  return process.platform === 'linux' ? lookInProc(pid) : lookWithPs(pid);
}

/** Tells whether the process with this id is the PostgreSQL server of `cluster`; 'unknown' when the system will not say. */
export async function isServerOf(cluster: string, pid: number): Promise<boolean | 'unknown'> {
  const sighting = await look(pid);
  if (sighting === undefined) return false;
  if (sighting === 'hidden') return 'unknown';
  if (sighting.isZombie || !sighting.name.includes('postgres')) return false;
  if (process.platform !== 'linux') return sighting.name.includes(`-D ${cluster} `);
  // A server works inside its data folder; inode numbers also match after the folder was moved.
  const [theirs, ours] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => undefined), stat(cluster)]);
  return theirs === undefined ? 'unknown' : theirs.ino === ours.ino && theirs.dev === ours.dev;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function lookInProc(pid: number): Promise<Sighting | 'hidden'> {
  const [line, boot] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
  ]);
  const close = line.lastIndexOf(')');
  if (close < 0) return 'hidden';
  const fields = line.slice(close + 2).split(' ');
  // proc(5): state is field 3, starttime (clock ticks since boot) is field 22.
  return {
    name: line.slice(line.indexOf('(') + 1, close),
    isZombie: fields[0] === 'Z',
    birth: `${boot.trim()}:${fields[19]}`,
  };
}

async function lookWithPs(pid: number): Promise<Sighting | 'hidden'> {
  const ps = (column: string) =>
    run('/bin/ps', ['-o', `${column}=`, '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
  const [command, state, birth] = await Promise.all([ps('command'), ps('state'), ps('lstart')]);
  return birth === '' ? 'hidden' : { name: `${command} `, isZombie: state.startsWith('Z'), birth };
}
