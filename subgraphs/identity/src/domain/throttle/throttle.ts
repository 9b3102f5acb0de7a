import { createHash } from 'node:crypto';
import type { Clock } from '@polity/kernel/clock';
import { RateLimited } from '@polity/kernel/graph/errors';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { addressBlock } from '@polity/kernel/request/address-block';

/** Tries that cost nothing but the try. */
const FREE_TRIES = 5;
const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 15 * 60;
/** How long failures are remembered. */
const MEMORY_SECONDS = 24 * 3600;
const HOUR_SECONDS = 3600;
/** Failures per hour and account, from all addresses together, before unknown addresses must wait. */
const ACCOUNT_PER_HOUR = 20;
/** Failures per hour and address, over all accounts. */
const ADDRESS_PER_HOUR = 300;
const KNOWN_ADDRESS_SECONDS = 30 * 24 * 3600;

/** Who is trying, and on what account; `account` is whatever names it, so that unknown accounts are counted like known ones. */
export interface Try {
  account: string;
  address: string | null;
}

/**
 * Slows down guessing. Five tries per account and address are free, then each waits 30 s doubling to 15 min; an account takes 20 failures an
 * hour from addresses that never succeeded, an address 300. Counted per field execution. Numbers: NIST SP 800-63B 3.2.2.
 */
export interface Throttle {
  /** Counts one try before it is evaluated; throws RateLimited when it must wait. */
  take(tried: Try): Promise<void>;
  /**
   * Forgets the failures of this account and address, and remembers the address as the account's own. `taken` is how often this success was
   * counted as a try: whoever succeeds in another way must not lower the counters that others share.
   */
  succeeded(tried: Try, taken: number): Promise<void>;
  /** Takes back the count of one try that was right, but not all that is asked for; what failed before is not forgotten. */
  giveBack(tried: Try): Promise<void>;
  /** Counts an act that is limited per hour; throws RateLimited past `limit`. */
  limit(name: string, subject: string, limit: number): Promise<void>;
  /** As `limit`, but answers false instead of throwing. */
  within(name: string, subject: string, limit: number): Promise<boolean>;
}

const short = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

function delaySeconds(tries: number): number {
  return Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (tries - FREE_TRIES));
}

function namesOf({ account, address }: Try) {
  const who = short(account);
  const where = address ? short(addressBlock(address)) : 'nowhere';
  return {
    count: `throttle:n:${who}:${where}`,
    wait: `throttle:w:${who}:${where}`,
    account: `throttle:a:${who}`,
    known: `throttle:k:${who}:${where}`,
    address: `throttle:i:${where}`,
  };
}

/** A counter of an hour and what it may come to. */
interface Place {
  key: string;
  limit: number;
}

/** Where a try is counted; an address that the account is known at is counted without a limit by account. */
function placesOf(tried: Try, isKnown: boolean): Place[] {
  const { account, address } = namesOf(tried);
  return [
    { key: account, limit: isKnown ? Number.POSITIVE_INFINITY : ACCOUNT_PER_HOUR },
    ...(tried.address ? [{ key: address, limit: ADDRESS_PER_HOUR }] : []),
  ];
}

/** Takes a place under each limit before it looks whether there was one, so that no number of tries at once gets past; a refusal gives them back. */
async function withPlaces(kv: KeyValueStore, places: readonly Place[], work: () => Promise<void>): Promise<void> {
  const taken: string[] = [];
  try {
    for (const { key, limit } of places) {
      const used = await kv.increment(key, 1, { ttlSeconds: HOUR_SECONDS });
      taken.push(key);
      if (used > limit) throw new RateLimited(LONGEST_DELAY_SECONDS);
    }
    await work();
  } catch (error) {
    for (const key of taken) await kv.increment(key, -1, { ttlSeconds: HOUR_SECONDS });
    throw error;
  }
}

/** The throttle of a process; its counters live in the key-value store and are shared by all processes. */
export function createThrottle(kv: KeyValueStore, clock: Clock): Throttle {
  async function waitTurn(key: string, tries: number): Promise<void> {
    const now = clock.nowMs();
    const seconds = delaySeconds(tries);
    const until = String(now + seconds * 1000);
    const held = await kv.get(key);
    if (held !== null && Number(held) > now) throw new RateLimited((Number(held) - now) / 1000);
    const expiry = { ttlSeconds: LONGEST_DELAY_SECONDS };
    const mine = held === null ? await kv.setIfAbsent(key, until, expiry) : await kv.replace(key, held, until, expiry);
    if (!mine) throw new RateLimited(seconds);
  }

  async function within(name: string, subject: string, limit: number): Promise<boolean> {
    const hour = Math.floor(clock.nowMs() / 1000 / HOUR_SECONDS);
    const used = await kv.increment(`throttle:l:${name}:${hour}:${short(subject)}`, 1, { ttlSeconds: HOUR_SECONDS });
    return used <= limit;
  }

  return {
    async take(tried) {
      const names = namesOf(tried);
      const [held, known] = await kv.getMany([names.wait, names.known]);
      if (held && Number(held) > clock.nowMs()) throw new RateLimited((Number(held) - clock.nowMs()) / 1000);
      await withPlaces(kv, placesOf(tried, known !== null), async () => {
        const tries = await kv.increment(names.count, 1, { ttlSeconds: MEMORY_SECONDS });
        if (tries >= FREE_TRIES) await waitTurn(names.wait, tries);
      });
    },
    async succeeded(tried, taken) {
      const names = namesOf(tried);
      await kv.deleteMany([names.count, names.wait]);
      if (taken > 0) await kv.increment(names.account, -taken, { ttlSeconds: HOUR_SECONDS });
      if (!tried.address) return;
      if (taken > 0) await kv.increment(names.address, -taken, { ttlSeconds: HOUR_SECONDS });
      await kv.set(names.known, '1', { ttlSeconds: KNOWN_ADDRESS_SECONDS });
    },
    async giveBack(tried) {
      const names = namesOf(tried);
      await kv.delete(names.wait);
      await kv.increment(names.count, -1, { ttlSeconds: MEMORY_SECONDS });
      for (const { key } of placesOf(tried, false)) await kv.increment(key, -1, { ttlSeconds: HOUR_SECONDS });
    },
    within,
    async limit(name, subject, limit) {
      if (!(await within(name, subject, limit))) throw new RateLimited(HOUR_SECONDS / 4);
    },
  };
}
