import { readFileSync } from 'node:fs';

const FILE = new URL('../../../data/common-passwords.txt', import.meta.url);

/** The passwords that are guessed first, lower case, one per line of `data/common-passwords.txt`. */
export function loadCommonPasswords(): ReadonlySet<string> {
  const lines = readFileSync(FILE, 'utf8').split('\n');
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('#')));
}
