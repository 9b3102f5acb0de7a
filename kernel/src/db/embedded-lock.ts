import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { look } from './embedded-process.ts';

/** Takes the lock file for this process and returns its release, or the process id of the living holder. A holder that was killed does not count. */
export async function takeLock(file: string): Promise<(() => Promise<void>) | number> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, await signature(process.pid), { mode: 0o644 });
  try {
    for (;;) {
      if (await linkIfAbsent(draft, file)) return () => rm(file, { force: true });
      const holder = await readFile(file, 'utf8').catch(() => undefined);
      if (holder === undefined) continue;
      const pid = Number.parseInt(holder, 10);
      if (await isHeldBy(holder, pid)) return pid;
      await discard(file, holder);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function signature(pid: number): Promise<string> {
  const sighting = await look(pid);
  return `${pid} ${typeof sighting === 'object' && !sighting.isZombie ? sighting.birth : sighting}\n`;
}

async function isHeldBy(holder: string, pid: number): Promise<boolean> {
  if (!(pid > 0)) return false;
  const sighting = await look(pid);
  return sighting === 'hidden' || (sighting !== undefined && holder === (await signature(pid)));
}

async function linkIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// Renaming lets exactly one contender clear a dead holder; if a new holder slipped in between, its lock is put back.
async function discard(file: string, deadHolder: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  const wasMoved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!wasMoved) return;
  if ((await readFile(aside, 'utf8')) !== deadHolder) await linkIfAbsent(aside, file);
  await rm(aside, { force: true });
}
