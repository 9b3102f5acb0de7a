import { statfs } from 'node:fs/promises';
import type { Check } from './server.ts';

/** 64 MiB: four segments of PostgreSQL's log, without which it ends itself. */
const LEAST_FREE = 64 * 1024 * 1024;

/** Fails when the file system of that folder has hardly any room left. */
export function diskSpace(folder: string, leastFree: number = LEAST_FREE): Check {
  return async () => {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < leastFree) throw new Error(`less than ${leastFree} bytes are free`);
  };
}
