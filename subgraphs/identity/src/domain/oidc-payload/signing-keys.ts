import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { SecretBox } from '../../secrets.ts';
import { SigningKey } from './signing-key.entity.ts';

const DAY_MS = 24 * 3600 * 1000;
/** How long a key signs before the next one takes over. */
const LIFE_MS = 90 * DAY_MS;
/** How long a new key is published before it signs: longer than any client keeps a key set. */
const STAGE_MS = DAY_MS;
/** How long a key is published after it signed last, so that tokens and logout hints can still be checked. */
const AFTERLIFE_MS = 30 * DAY_MS;
// One advisory lock: processes that start together must not each make a first key.
const LOCK = 7302;

const placeOf = (id: string) => `signing_key.sealed_key:${id}`;

async function createKey(tx: EntityManager, secrets: SecretBox, now: Date, activatesAt: Date): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const id = uuidv7();
  const kid = await calculateJwkThumbprint(jwk);
  const sealedKey = secrets.seal(JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' }), placeOf(id));
  return tx.create(SigningKey, { id, createdAt: now, kid, sealedKey, activatesAt });
}

const newestFirst = (a: SigningKey, b: SigningKey) => b.activatesAt.getTime() - a.activatesAt.getTime();

/** Signing key first, then those that are only published: the next one and the former ones. */
function inOrder(keys: SigningKey[], nowMs: number): SigningKey[] {
  const next = keys.filter(({ activatesAt }) => activatesAt.getTime() > nowMs).sort(newestFirst);
  const used = keys.filter(({ activatesAt }) => activatesAt.getTime() <= nowMs).sort(newestFirst);
  const [current, ...former] = used;
  const alive = former.filter((_, index) => (used[index] as SigningKey).activatesAt.getTime() + AFTERLIFE_MS > nowMs);
  return [...(current ? [current] : []), ...next, ...alive];
}

async function locked<Result>(
  em: EntityManager,
  work: (tx: EntityManager, keys: SigningKey[]) => Promise<Result>,
): Promise<Result> {
  return em.fork().transactional(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(?)', [LOCK]);
    return work(tx, await tx.find(SigningKey, {}));
  });
}

/** Whether a new key is due: none is there, or the newest has signed for its time and has no successor. */
function isDue(keys: SigningKey[], nowMs: number): boolean {
  return keys.every(({ activatesAt }) => activatesAt.getTime() + LIFE_MS - STAGE_MS <= nowMs);
}

/** Adds a key that is published now and signs in a day; `at once` only for the very first. */
export async function rotateSigningKey(em: EntityManager, secrets: SecretBox, now: Date): Promise<void> {
  await locked(em, async (tx, keys) => {
    const activatesAt = keys.length === 0 ? now : new Date(now.getTime() + STAGE_MS);
    await createKey(tx, secrets, now, activatesAt);
  });
}

/** Private keys for the provider, the signing one first. Makes the first key, and every ninety days the next. */
export async function signingKeys(em: EntityManager, secrets: SecretBox, now: Date): Promise<JWK[]> {
  let keys = await em.fork().find(SigningKey, {});
  if (isDue(keys, now.getTime())) {
    keys = await locked(em, async (tx, present) => {
      if (!isDue(present, now.getTime())) return present;
      const activatesAt = present.length === 0 ? now : new Date(now.getTime() + STAGE_MS);
      return [...present, await createKey(tx, secrets, now, activatesAt)];
    });
  }
  return inOrder(keys, now.getTime()).map(
    ({ id, sealedKey }) => JSON.parse(secrets.open(sealedKey, placeOf(id))) as JWK,
  );
}

/** Seals with the newest key what an older one sealed; returns how many rows it wrote. */
export async function resealSigningKeys(em: EntityManager, secrets: SecretBox): Promise<number> {
  return locked(em, async (_, keys) => {
    const outdated = keys.filter(({ sealedKey }) => !secrets.isCurrent(sealedKey));
    for (const key of outdated)
      key.sealedKey = secrets.seal(secrets.open(key.sealedKey, placeOf(key.id)), placeOf(key.id));
    return outdated.length;
  });
}
