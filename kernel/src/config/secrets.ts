import { hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StartError } from './start-error.ts';

export interface Secrets {
  /** 32 random bytes, base64url. Every other key is derived from it. */
  master: string;
}

const MASTER_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Reads the secrets kept in `<dataDir>/secrets.json` (mode 0600), generating them once; safe when processes start together. Throws StartError when the file cannot be used. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = join(resolve(dataDir), 'secrets.json');
  try {
    const kept = await readSecrets(file);
    if (kept) return kept;
    for (const made of ['cluster', 'location']) await refuseBeside(join(resolve(dataDir), made), file);
    return await createSecrets(file);
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(
      `The secrets in ${file} cannot be read or written (${codeOf(cause)}). Check who owns that folder.`,
      { cause },
    );
  }
}

/** Accepts a master secret given from outside (43 base64url characters, 32 bytes). Throws StartError otherwise. */
export function secretsFrom(master: string): Secrets {
  if (!MASTER_PATTERN.test(master))
    throw new StartError('The master secret must be 32 random bytes as base64url (43 characters).');
  return { master };
}

/** Derives a 32-byte key for one purpose (HKDF-SHA256, RFC 5869); different `info`, unrelated keys. */
export function deriveKey(master: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(master, 'base64url'), Buffer.alloc(0), info, 32));
}

/** A secret that nobody has seen. */
export function newSecrets(): Secrets {
  return { master: randomBytes(32).toString('base64url') };
}

/** Names a secret without giving it away: 16 hexadecimal digits that only its holder can compute. */
export function fingerprint({ master }: Secrets): string {
  return deriveKey(master, 'fingerprint').subarray(0, 8).toString('hex');
}

async function readSecrets(file: string): Promise<Secrets | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const master = masterIn(text);
  if (master === undefined) {
    throw new StartError(
      `The secrets file ${file} is damaged. Restore it from a backup; without it, existing sessions and stored secrets cannot be read.`,
    );
  }
  return { master };
}

// Another secret would not open what is there.
async function refuseBeside(made: string, file: string): Promise<void> {
  const isThere = await stat(made).then(
    () => true,
    () => false,
  );
  if (isThere) {
    throw new StartError(
      `The secrets file ${file} is gone, but the database beside it was made with it. Put it back from a backup, or set POLITY_SECRET to what it held.`,
    );
  }
}

function masterIn(text: string): string | undefined {
  try {
    const { master }: { master?: unknown } = JSON.parse(text);
    return typeof master === 'string' && MASTER_PATTERN.test(master) ? master : undefined;
  } catch {
    return undefined;
  }
}

/** Puts another secret in the place of the kept one and returns the file; whoever reads meanwhile gets one of the two. */
export async function replaceSecrets(dataDir: string, secrets: Secrets): Promise<string> {
  const file = join(resolve(dataDir), 'secrets.json');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, textOf(secrets), { mode: 0o600, flag: 'wx', flush: true });
  await rename(draft, file);
  return file;
}

const textOf = (secrets: Secrets) => `${JSON.stringify(secrets)}\n`;

async function createSecrets(file: string): Promise<Secrets> {
  await mkdir(join(file, '..'), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const secrets = newSecrets();
  await writeFile(draft, textOf(secrets), { mode: 0o600, flag: 'wx', flush: true });
  try {
    // link() fails when another process was first, so all agree on one file that is never half written.
    await link(draft, file);
    return secrets;
  } catch (error) {
    const winner = await readSecrets(file);
    if (winner) return winner;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? String(cause);
}
