import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { RecoveryCode } from './factors.entity.ts';

const CODES = 10;
/** Letters of a code that are looked at; sixteen and their dashes are right. */
const MAX_GIVEN = 64;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** 80 random bits as sixteen characters of base32, in four groups. */
function newCode(): string {
  const bits = [...randomBytes(10)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: 16 }, (_, n) => ALPHABET[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)]);
  return letters.join('').replace(/(.{4})(?!$)/g, '$1-');
}

/** The form in which a code is hashed: what people add or change when they copy it by hand does not matter. */
const plain = (code: string) =>
  code
    .slice(0, MAX_GIVEN)
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll(/[^a-z2-7]/g, '');

/** Ten new codes with their hashes; made before the transaction that keeps them, because hashing takes its time. */
export interface NewCodes {
  codes: string[];
  salt: string;
  hashes: string[];
}

/** Makes a set of codes. Throws Overloaded when too many hashes wait. */
export async function newCodes({ hasher }: Pick<Context, 'hasher'>): Promise<NewCodes> {
  const codes = Array.from({ length: CODES }, newCode);
  const salt = randomBytes(16).toString('base64url');
  const hashes: string[] = [];
  for (const code of codes) hashes.push(await hasher.derive(plain(code), salt));
  return { codes, salt, hashes };
}

/** Keeps a set of codes; whatever was there before is gone. */
export async function replaceCodes(
  tx: EntityManager,
  ctx: Context,
  userId: string,
  { salt, hashes }: NewCodes,
): Promise<void> {
  await tx.nativeDelete(RecoveryCode, { userId });
  for (const hash of hashes)
    tx.create(RecoveryCode, { id: uuidv7(), createdAt: ctx.clock.now(), userId, salt, hash, usedAt: null });
}

/** Uses a code up: of any number of simultaneous tries exactly one is right. */
export async function useCode(ctx: Context, userId: string, code: string): Promise<boolean> {
  const known = await ctx.em.fork().findOne(RecoveryCode, { userId });
  const hash = await ctx.hasher.derive(plain(code), known?.salt ?? randomBytes(16).toString('base64url'));
  const used = await write(ctx, (tx) =>
    tx.nativeUpdate(RecoveryCode, { userId, hash, usedAt: null }, { usedAt: ctx.clock.now() }),
  );
  return used === 1;
}
