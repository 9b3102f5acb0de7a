import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { StartError } from '@polity/kernel/config/start-error';

/** Passwords that were found in breaches, as an operator supplies them. */
export interface BreachedPasswords {
  /** Whether the password, in the form in which it is hashed, is among them. */
  has(password: string): Promise<boolean>;
  close(): Promise<void>;
}

// A line is the SHA-1 of a password, or the beginning of one, and how often it was seen: `21BD1…:3` as Have I Been Pwned writes it.
const LINE = /^([0-9A-Fa-f]{16,40})(?::\d{1,12})?\r?$/;
/** Longest line, in bytes, with what ends it. */
const LONGEST_LINE = 64;
/** A span that is read whole instead of halved again. */
const BLOCK = 4_096;

const WRONG = 'needs lines such as 21BD1…:3, the SHA-1 of a password in hexadecimal and a count, sorted by the first';

async function textAt(file: FileHandle, from: number, length: number): Promise<string> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.toString('latin1', 0, bytesRead);
}

function hashIn(line: string): string {
  const [, hash] = LINE.exec(line) ?? [];
  if (!hash) throw new Error(`The file of breached passwords ${WRONG}.`);
  return hash.toUpperCase();
}

/** Where the first line that begins after `from` begins, and what it says; null where none begins before `until`. */
async function lineAfter(
  file: FileHandle,
  from: number,
  until: number,
): Promise<{ start: number; line: string } | null> {
  const text = await textAt(file, from, 2 * LONGEST_LINE);
  const end = text.indexOf('\n');
  const start = from + end + 1;
  if (end < 0 || start >= until) return null;
  return { start, line: text.slice(end + 1).split('\n')[0] as string };
}

/**
 * Finds a hash by halving the file: it may have tens of gigabytes, and is never read as a whole. `low` is always where a line begins, and what begins at
 * `high` or later comes after what is looked for.
 */
async function isThere(file: FileHandle, size: number, sought: string): Promise<boolean> {
  let [low, high] = [0, size];
  while (high - low > BLOCK) {
    const middle = Math.floor((low + high) / 2);
    const found = await lineAfter(file, middle, high);
    if (found === null) {
      high = middle + 1;
      continue;
    }
    const hash = hashIn(found.line);
    const target = sought.slice(0, hash.length);
    if (hash === target) return true;
    if (hash < target) low = found.start;
    else high = middle + 1;
  }
  const lines = (await textAt(file, low, high - low + LONGEST_LINE)).split('\n').filter(Boolean);
  // The last one may be cut off.
  return lines.some((line) => LINE.test(line) && sought.startsWith(hashIn(line)));
}

const none: BreachedPasswords = { has: async () => false, close: async () => undefined };

/** Opens the file that an operator named; without one nothing is found. Throws StartError for one that cannot be read or is none. */
export async function openBreachedPasswords(path: string | undefined): Promise<BreachedPasswords> {
  if (!path) return none;
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new StartError(`BREACHED_PASSWORDS_FILE cannot be read: ${cause.code}.`);
  });
  const { size } = await file.stat();
  const [first = ''] = (await textAt(file, 0, LONGEST_LINE)).split('\n');
  if (!LINE.test(first)) {
    await file.close();
    throw new StartError(`BREACHED_PASSWORDS_FILE ${WRONG}.`);
  }
  return {
    has: (password) => isThere(file, size, createHash('sha1').update(password).digest('hex').toUpperCase()),
    close: () => file.close(),
  };
}
