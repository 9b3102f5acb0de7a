import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { SecretBox } from '../../secrets.ts';
import { SIGNING_ALGORITHMS, type SigningAlgorithm, SigningKey } from './signing-key.entity.ts';

const DAY_MS = 24 * 3600 * 1000;
/** How long a key signs before the next one takes over. */
const LIFE_MS = 90 * DAY_MS;
/** How long a new key is published before it signs: longer than any client keeps a key set. */
const STAGE_MS = DAY_MS;
/** How long a key is published after it signed last, so that tokens and logout hints can still be checked. */
const AFTERLIFE_MS = 30 * DAY_MS;
/** The same where an operator cannot wait: longer than any process goes without looking at the keys. */
const SOON_MS = 2 * 60_000;
// One advisory lock: processes that start together must not each make a first key.
const LOCK = 7302;

const placeOf = (id: string) => `signing_key.sealed_key:${id}`;

type NewKey = Pick<SigningKey, 'id' | 'kid' | 'algorithm' | 'sealedKey'>;

/** Made before the transaction that keeps it, because an RSA key takes its time. */
async function makeKey(secrets: SecretBox, algorithm: SigningAlgorithm): Promise<NewKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  const id = uuidv7();
  const kid = await calculateJwkThumbprint(jwk);
  const sealedKey = secrets.seal(JSON.stringify({ ...jwk, kid, alg: algorithm, use: 'sig' }), placeOf(id));
  return { id, kid, algorithm, sealedKey };
}

const newestFirst = (a: SigningKey, b: SigningKey) => b.activatesAt.getTime() - a.activatesAt.getTime();
const of = (keys: SigningKey[], algorithm: SigningAlgorithm) => keys.filter((key) => key.algorithm === algorithm);

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

/** Adds the key to those that are there; only the very first of its kind signs at once. */
function stage(tx: EntityManager, made: NewKey, present: SigningKey[], now: Date, afterMs = STAGE_MS): SigningKey {
  const activatesAt = of(present, made.algorithm).length === 0 ? now : new Date(now.getTime() + afterMs);
  return tx.create(SigningKey, { ...made, createdAt: now, activatesAt });
}

/**
 * How new keys take over: published a day before they sign; two minutes before, for which what the former ones signed stays good too; or at once,
 * with all former ones gone, because somebody else may have one.
 */
export type Rotation = 'STAGED' | 'SOON' | 'WITHDRAWING';

/** Adds a key of each algorithm; former ones are published until what they signed is over, or are gone at once where they are withdrawn. */
export async function rotateSigningKeys(
  em: EntityManager,
  secrets: SecretBox,
  now: Date,
  rotation: Rotation = 'STAGED',
): Promise<void> {
  const made = await Promise.all(SIGNING_ALGORITHMS.map((algorithm) => makeKey(secrets, algorithm)));
  await locked(em, async (tx, present) => {
    if (rotation === 'WITHDRAWING') for (const key of present) tx.remove(key);
    const kept = rotation === 'WITHDRAWING' ? [] : present;
    for (const key of made) stage(tx, key, kept, now, rotation === 'SOON' ? SOON_MS : STAGE_MS);
  });
}

/** A published key as an operator sees it. */
export interface ListedKey {
  kid: string;
  algorithm: SigningAlgorithm;
  state: 'signs' | 'will sign' | 'has signed';
  /** When its turn to sign comes, or came. */
  from: Date;
}

/** Keys that are published, of each algorithm the signing one first. */
export async function listSigningKeys(em: EntityManager, now: Date): Promise<ListedKey[]> {
  const all = await em.fork().find(SigningKey, {});
  return SIGNING_ALGORITHMS.flatMap((algorithm) =>
    inOrder(of(all, algorithm), now.getTime()).map(({ kid, activatesAt: from }, at): ListedKey => {
      const state = from > now ? 'will sign' : at === 0 ? 'signs' : 'has signed';
      return { kid, algorithm, state, from };
    }),
  );
}

/** Private keys for the provider, of each algorithm the signing one first. Makes the first ones, and every ninety days the next. */
export async function signingKeys(em: EntityManager, secrets: SecretBox, now: Date): Promise<JWK[]> {
  const nowMs = now.getTime();
  let keys = await em.fork().find(SigningKey, {});
  for (const algorithm of SIGNING_ALGORITHMS.filter((each) => isDue(of(keys, each), nowMs))) {
    const made = await makeKey(secrets, algorithm);
    keys = await locked(em, async (tx, present) => {
      if (!isDue(of(present, algorithm), nowMs)) return present;
      return [...present, stage(tx, made, present, now)];
    });
  }
  return SIGNING_ALGORITHMS.flatMap((algorithm) => inOrder(of(keys, algorithm), nowMs)).map(
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
