import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../config/start-error.ts';
import type { Home } from './embedded-home.ts';

const MAJOR = '18';
// Nothing of the caller's environment may steer the server (PGPORT, PGDATA, LD_PRELOAD); TZ spares initdb a search.
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** How every PostgreSQL program is started: by the home's account, from a folder that it can enter. */
export const spawnOptions = ({ account }: Home) => ({ ...account, cwd: '/', env: ENVIRONMENT });

/** Tells whether a cluster exists. Throws StartError when it is damaged or of another PostgreSQL major version. */
export async function hasCluster({ cluster }: Home): Promise<boolean> {
  if (!(await stat(cluster).catch(() => undefined))) return false;
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === MAJOR) return true;
  if (/^\d+$/.test(version)) {
    throw new StartError(
      `The database in ${cluster} was made by PostgreSQL ${version}; this release brings PostgreSQL ${MAJOR}. Dump it with the old release and restore it, or choose another data folder.`,
    );
  }
  throw new StartError(
    `The database in ${cluster} is damaged (PG_VERSION is missing). Restore a backup, or delete that folder to start with an empty database.`,
  );
}

/** Makes an empty cluster whose superuser is `postgres` with this password; a start cut short leaves no half cluster. */
export async function createCluster(home: Home, binaries: string, password: string): Promise<void> {
  const draft = `${home.cluster}-${randomBytes(6).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  const { uid, gid } = home.account;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined) for (const path of [draft, passwordFile]) await chown(path, uid, gid);
    await initialise(home, binaries, ['-D', draft, `--pwfile=${passwordFile}`]);
    await rename(draft, home.cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** Sets the superuser's password while the server is down. */
export async function resetPassword(home: Home, binaries: string, password: string): Promise<void> {
  const output = await run(
    home,
    join(binaries, 'bin/postgres'),
    ['--single', '-D', home.cluster, 'postgres'],
    `alter role postgres password '${password}'\n`,
  );
  if (output.code !== 0 || /ERROR|FATAL|PANIC/.test(output.text))
    throw new StartError(
      `The password of the database in ${home.cluster} could not be replaced: ${lastLine(output.text)}`,
    );
}

async function initialise(home: Home, binaries: string, target: string[]): Promise<void> {
  const fixed = [
    '-N',
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  let output = { code: null as number | null, text: '' };
  // The C library of macOS and of older Linux has no C.UTF-8; only word splitting in full text search notices the difference.
  for (const locale of ['C.UTF-8', 'C']) {
    output = await run(home, join(binaries, 'bin/initdb'), [...fixed, `--locale=${locale}`, ...target]);
    if (output.code === 0) return;
    if (!/invalid locale name/.test(output.text)) break;
  }
  throw new StartError(`The database could not be created in ${home.folder}: ${explain(output.text)}`);
}

function explain(text: string): string {
  if (/effective user ID/.test(text))
    return 'the user that runs this process is not in /etc/passwd. Run as a user that is, or set DATABASE_URL to a PostgreSQL server of yours.';
  if (/No space left on device/.test(text)) return 'the disk is full.';
  return lastLine(text);
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /error|fatal|panic/i.test(line)) ?? lines.at(-1) ?? 'no reason was given.';
}

function run(home: Home, file: string, args: string[], input = ''): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...spawnOptions(home), stdio: 'pipe' });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.stdin.on('error', () => {});
    child.on('error', (error) =>
      resolve({ code: null, text: `error: ${file} does not run on this system (${error.message})` }),
    );
    child.on('close', (code) => resolve({ code, text }));
    child.stdin.end(input);
  });
}
