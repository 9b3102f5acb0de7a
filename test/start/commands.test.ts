import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRunning, start } from './process.ts';

/** Commands of operators with what they cannot mean. */
const MISTAKES: readonly [script: string, ...args: string[]][] = [
  ['subgraphs/identity/src/invite.ts', '--bogus'],
  ['subgraphs/identity/src/signing-keys.ts', 'rotate', '--bogus'],
  ['subgraphs/identity/src/signing-keys.ts', 'withdraw', '--now'],
  ['subgraphs/access/src/cli.ts', 'explain', 'nobody'],
  ['tools/jobs.ts', 'retry', 'portal', 'no-number'],
  ['tools/outbox.ts', 'redrive'],
  ['tools/secret.ts', 'turn'],
  ['tools/backup.ts'],
  ['tools/restore.ts', 'a', 'b'],
];

describe('a command that is given what it cannot mean', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polity-commands-'));
  });
  afterAll(async () => {
    killRunning();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(MISTAKES)('says so in a few words, and starts nothing: %s', async (script, ...args) => {
    const started = start({ DATA_DIR: join(folder, 'data') }, script, args);
    expect(await started.ended).toBe(1);
    expect(started.output()).not.toMatch(/\n\s+at /);
    await expect(stat(join(folder, 'data'))).rejects.toThrow('ENOENT');
    expect(started.output()).toMatch(/usage|[Uu]nknown option|not an id/);
  });
});
