import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymous } from '@polity/kernel/testing/harness';
import { openBreachedPasswords } from '../src/domain/credential/breached-passwords.ts';
import { codesOf, fieldsOf, SIGN_UP, startIdentity } from './harness.ts';

const BREACHED = 'correct horse battery staple';
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breached-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(hashes: string[], end = '\r\n', last = end): Promise<string> {
  const path = join(folder, randomBytes(6).toString('hex'));
  const lines = hashes.toSorted().map((hash, index) => `${hash}:${(index * 7919) % 1_000_003}`);
  await writeFile(path, `${lines.join(end)}${last}`);
  return path;
}

test.each([
  ['\r\n', '\r\n', 40],
  ['\n', '\n', 40],
  ['\n', '', 40],
  ['\n', '\n', 16],
])('every password of a file is found, and no other (%j, %j, %d digits)', async (end, last, digits) => {
  const words = Array.from({ length: 5_000 }, (_, index) => `password number ${index}`);
  const file = await openBreachedPasswords(
    await fileOf(
      words.map((word) => sha1(word).slice(0, digits)),
      end,
      last,
    ),
  );
  const found = await Promise.all(words.map((word) => file.has(word)));
  expect(found.filter(Boolean)).toHaveLength(words.length);
  const others = await Promise.all(words.map((word) => file.has(`${word}!`)));
  expect(others.filter(Boolean)).toHaveLength(0);
  await file.close();
});

test.each([1, 2, 3, 60, 90, 200])('a file of %d lines has its first and its last', async (count) => {
  const words = Array.from({ length: count }, (_, index) => `w${index}`);
  const file = await openBreachedPasswords(await fileOf(words.map(sha1)));
  for (const word of words) expect([word, await file.has(word)]).toEqual([word, true]);
  expect(await file.has('another')).toBe(false);
  await file.close();
});

test('what is no such file is refused at start, without its content', async () => {
  const path = join(folder, 'words');
  await writeFile(path, 'password\n123456\n');
  await expect(openBreachedPasswords(path)).rejects.toThrow('BREACHED_PASSWORDS_FILE needs lines such as');
  await expect(openBreachedPasswords(join(folder, 'nowhere'))).rejects.toThrow('cannot be read: ENOENT');
});

test('a breached password is taken nowhere', async () => {
  const path = await fileOf([sha1(BREACHED), sha1('another one')]);
  const world = await startIdentity({ env: { BREACHED_PASSWORDS_FILE: path } });
  try {
    const signUp = (password: string) =>
      world.gql(anonymous, SIGN_UP, { input: { email: 'new@people.test', password } });
    const refused = await signUp(BREACHED);
    expect([codesOf(refused), fieldsOf(refused)]).toEqual([['VALIDATION_ERROR'], ['password']]);
    expect(codesOf(await signUp(`${BREACHED}s`))).toEqual([]);
  } finally {
    await world.close();
  }
});
