import { execFileSync } from 'node:child_process';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const MEBIBYTE = 1024 * 1024;
/** Enough for the databases of the demo and the log that PostgreSQL writes ahead. */
const SIZE = '700m';

/** A disk of its own for the database, which can be filled without harm to the machine. */
export interface SmallDisk {
  folder: string;
  fill(): Promise<void>;
  free(): Promise<void>;
  unmount(): void;
}

/** Null where this process may not mount: only root may, and not in every container. */
export async function smallDisk(folder: string): Promise<SmallDisk | null> {
  await mkdir(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0711`, 'polity-faults', folder], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  await chmod(folder, 0o711);
  const filler = join(folder, 'filler');
  return {
    folder,
    async fill() {
      const file = await open(filler, 'w');
      try {
        for (let size = MEBIBYTE; size >= 1; size /= 2) {
          const zeros = Buffer.alloc(size);
          while (
            await file.write(zeros).then(
              ({ bytesWritten }) => bytesWritten === size,
              () => false,
            )
          );
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(filler, { force: true }),
    unmount: () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }),
  };
}
