import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lchown, mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StartError } from '../config/start-error.ts';
import { type Account, canReach, chooseAccount, giveToOwnerOf, isRoot } from './embedded-account.ts';

/** Where one embedded database lives and as whom it runs. */
export interface Home {
  dataDir: string;
  /** Holds cluster, log and lock. It is `dataDir` itself, unless the account cannot enter that: then `dataDir/location` names it. */
  folder: string;
  cluster: string;
  log: string;
  lock: string;
  account: Account;
}

const OUTSIDE = '/var/lib/polity';

/** Finds or makes the folders of the embedded database. Throws StartError when they cannot be used. */
export async function openHome(given: string): Promise<Home> {
  try {
    await mkdir(resolve(given), { recursive: true });
    const dataDir = await realpath(resolve(given));
    const account = await chooseAccount(join((await pointedFrom(dataDir)) ?? dataDir, 'cluster'));
    const folder = (await pointedFrom(dataDir)) ?? (await settle(dataDir, account));
    const home = {
      dataDir,
      folder,
      cluster: join(folder, 'cluster'),
      log: join(folder, 'postgres.log'),
      lock: join(folder, 'lock'),
      account,
    };
    await checkOwner(home);
    return home;
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new StartError(
      `The data folder ${resolve(given)} cannot be used (${code ?? message}). Check that it is a folder you may write to.`,
      { cause },
    );
  }
}

/** Reads the superuser's password, or makes one (file mode 0600). */
export async function passwordOf(home: Home): Promise<{ password: string; isNew: boolean }> {
  const file = join(home.dataDir, 'password');
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new StartError(`The password file ${file} cannot be read (${error.code}). Start as the user who owns it.`, {
      cause: error,
    });
  });
  if (kept.trim() !== '') return { password: kept.trim(), isNew: false };
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600, flush: true });
  await giveToOwnerOf(home.dataDir, file);
  return { password, isNew: true };
}

async function pointedFrom(dataDir: string): Promise<string | undefined> {
  const pointer = join(dataDir, 'location');
  const folder = (await readFile(pointer, 'utf8').catch(() => '')).trim();
  if (folder === '') return undefined;
  const isThere = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isThere)
    throw new StartError(
      `The file ${pointer} says that the database is in ${folder}, which is gone. Restore that folder, or delete ${dataDir} to start with an empty database.`,
    );
  return folder;
}

async function settle(dataDir: string, account: Account): Promise<string> {
  if (account.uid === undefined) return dataDir;
  const { mode } = await stat(dataDir);
  await chmod(dataDir, (mode & 0o7777) | 0o011);
  if (await canReach(account, dataDir)) return dataDir;
  const folder = join(OUTSIDE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const hasCluster = await stat(join(dataDir, 'cluster')).then(
    () => true,
    () => false,
  );
  const wasMade = !hasCluster && (await makeOutside(folder));
  if (!wasMade) {
    throw new StartError(
      `PostgreSQL does not run as root, and the account it would use (uid ${account.uid}) cannot enter ${dataDir}. Open the folders above it ("chmod o+x"), or start as an ordinary user.`,
    );
  }
  await writeFile(join(dataDir, 'location'), `${folder}\n`, { flush: true });
  return folder;
}

async function makeOutside(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    // A umask of 077 would close them to the account.
    for (const path of [OUTSIDE, folder]) await chmod(path, 0o711);
    return true;
  } catch {
    return false;
  }
}

async function checkOwner({ cluster, account }: Home): Promise<void> {
  const stats = await stat(cluster).catch(() => undefined);
  if (!stats) return;
  const runsAs = account.uid ?? process.getuid?.();
  if (runsAs !== undefined && stats.uid !== runsAs) {
    if (!isRoot())
      throw new StartError(
        `The database in ${cluster} belongs to another user (uid ${stats.uid}). Start as that user or as root, or choose another data folder.`,
      );
    await giveTree(cluster, account);
  }
  // Copies and volumes often lose the mode; PostgreSQL refuses a folder that others may read.
  if (stats.isDirectory() && (stats.mode & 0o077) !== 0) await chmod(cluster, 0o700);
}

async function giveTree(folder: string, { uid = 0, gid = 0 }: Account): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), uid, gid);
  await chown(folder, uid, gid);
}
