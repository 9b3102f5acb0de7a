import { readFile, watch } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Logger } from '@polity/kernel/log/logger';

/**
 * Reloads whenever the file has another text than before, until the signal. Watches the folder: a file that is replaced, as most programs write
 * one, is another file afterwards.
 */
export async function follow(
  path: string,
  reload: (sdl: string) => Promise<void>,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let last = '';
  try {
    for await (const { filename } of watch(dirname(path), { signal })) {
      if (filename !== basename(path)) continue;
      const sdl = await readFile(path, 'utf8').catch(() => '');
      if (!sdl || sdl === last) continue;
      last = sdl;
      await reload(sdl).catch((error: unknown) =>
        log.error({ err: error }, 'the new supergraph does not load; the old one stays'),
      );
    }
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'the supergraph file is no longer watched');
  }
}
