import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of CPU by part of an installation. */
export type Cpu = Record<'gateway' | 'subgraphs' | 'database', number>;

/** What `/proc` counts in (USER_HZ is 100 on every Linux that Node runs on). */
const TICKS = 100;

function partOf(command: string): keyof Cpu {
  if (command.startsWith('postgres') || command.includes('/postgres')) return 'database';
  return command.includes('subgraphs/') ? 'subgraphs' : 'gateway';
}

interface Process {
  parent: number;
  seconds: number;
  command: string;
}

function processOf(pid: string): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS;
    return { parent: Number(fields[1]), seconds, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return null;
  }
}

/** What came between two readings; a process that ended in between takes its time with it. */
export const between = (before: Cpu, after: Cpu, part: keyof Cpu): number => Math.max(0, after[part] - before[part]);

/** What the process and all that descend from it have spent so far; the one process that is everything counts as the gateway. Linux only. */
export function cpuOf(root: number): Cpu {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? processOf(name) : null;
    if (found) all.set(Number(name), found);
  }
  const belongs = (pid: number): boolean => {
    const found = all.get(pid);
    return pid === root || (found !== undefined && found.parent > 1 && belongs(found.parent));
  };
  const spent: Cpu = { gateway: 0, subgraphs: 0, database: 0 };
  for (const [pid, { command, seconds }] of all) if (belongs(pid)) spent[partOf(command)] += seconds;
  return spent;
}
