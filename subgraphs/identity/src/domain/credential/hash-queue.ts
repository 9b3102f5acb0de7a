import { availableParallelism } from 'node:os';
import { hash as argon2Hash, verify as argon2Verify, hashRaw, type Options } from '@node-rs/argon2';
import { refuseWhileHolding } from '@polity/kernel/db/holding';
import { Overloaded } from '@polity/kernel/graph/errors';
import { normalPassword } from './password.policy.ts';

// OWASP Password Storage: Argon2id (the library's default algorithm), m = 19 MiB, t = 2, p = 1.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Hashes and checks passwords with Argon2id. Every method throws Overloaded when too many wait, and HoldsConnection within a transaction. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Against no hash at all it takes as long as against a real one, and is false. */
  verify(passwordHash: string | null | undefined, password: string): Promise<boolean>;
  /** Hash of a short secret under a salt of 16 bytes (base64url), for looking it up; the same input gives the same hash. */
  derive(secret: string, salt: string): Promise<string>;
  /** True for a hash made with other parameters than the present ones. */
  isOutdated(passwordHash: string): boolean;
}

export interface HasherOptions {
  /** Keyed step whose key is not in the database (NIST SP 800-63B 3.1.1.2). */
  pepper: Buffer;
  /** Hashes at once; all cores but one by default, because libuv's threads also serve files and DNS. */
  workers?: number;
  /** Calls that may wait; past it the caller is told to come back. */
  queueLimit?: number;
}

/** Runs at most `workers` jobs at once; at most `queueLimit` wait, the next throws Overloaded. */
function boundedQueue(workers: number, queueLimit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(job: () => Promise<T>): Promise<T> => {
    refuseWhileHolding('a hash');
    if (running >= workers) {
      if (waiting.length >= queueLimit) throw new Overloaded(1);
      await new Promise<void>((go) => waiting.push(go));
    } else running++;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** What is hashed; nothing for a password that is too long to be anybody's, so that its refusal takes as long as any other. */
const normalised = (password: string) => normalPassword(password) ?? '';

/** One hasher per process; its queue is shared by everything that hashes. */
export async function passwordHasher(options: HasherOptions): Promise<PasswordHasher> {
  const { pepper, workers = Math.max(1, availableParallelism() - 1), queueLimit = 32 } = options;
  const queued = boundedQueue(workers, queueLimit);
  const settings: Options = { ...PARAMETERS, secret: pepper };
  const nobodysHash = await argon2Hash('nobody', settings);
  return {
    hash: (password) => queued(() => argon2Hash(normalised(password), settings)),
    async verify(passwordHash, password) {
      const matches = await queued(() =>
        argon2Verify(passwordHash ?? nobodysHash, normalised(password), { secret: pepper }),
      );
      return matches && passwordHash !== null && passwordHash !== undefined;
    },
    async derive(secret, salt) {
      const bytes = await queued(() => hashRaw(secret, { ...settings, salt: Buffer.from(salt, 'base64url') }));
      return bytes.toString('base64url');
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(CURRENT),
  };
}
