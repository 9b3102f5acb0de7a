import { chown, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The system account that PostgreSQL runs as; undefined ids mean "as we are". */
export interface Account {
  uid?: number;
  gid?: number;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/** True when this process is root, whom PostgreSQL refuses to run as. */
export const isRoot = () => process.getuid?.() === 0;

/** Picks the account for a cluster: ourselves, or as root the owner of an existing cluster, else `postgres`, else nobody. */
export async function chooseAccount(cluster: string): Promise<Account> {
  if (!isRoot()) return {};
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  return uid === undefined ? NOBODY : { uid: Number(uid), gid: Number(gid) };
}

/** Tells whether `account` may enter `folder`, judging by the mode of every folder above it. */
export async function canReach(account: Account, folder: string): Promise<boolean> {
  if (account.uid === undefined) return true;
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { uid, gid, mode } = await stat(path);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** As root, gives a file to whoever owns `folder`, so that its owner can still start without root. */
export async function giveToOwnerOf(folder: string, file: string): Promise<void> {
  if (!isRoot()) return;
  const { uid, gid } = await stat(folder);
  await chown(file, uid, gid);
}
