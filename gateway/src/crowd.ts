import type { Clock } from '@polity/kernel/clock';

/** For how long somebody who has nothing under way still counts as there. */
const PRESENT_MS = 10_000;
/** Half of what somebody used is forgotten in this time. */
const HALF_LIFE_MS = 1_000;

export interface Member {
  running: number;
  waiting: number;
  /** Milliseconds of running time that it had up to `at`; `lately` says what is left of it. */
  used: number;
  at: number;
  /** The moment up to which it counts as flooding, because it asked for more than may wait. */
  floodsUntil: number;
  /** The moment before which it runs nothing while it floods. */
  restsUntil: number;
}

export interface Crowd {
  /** The member of this name, which is kept as long as it has something under way. */
  of(key: string): Member;
  /** How many are there. */
  readonly size: number;
}

/** Milliseconds of running time that a member had lately, as of now. */
export function lately(member: Member, now: number): number {
  member.used *= 0.5 ** ((now - member.at) / HALF_LIFE_MS);
  member.at = now;
  return member.used;
}

/** Payers, networks or tenants that have something under way, or had it a moment ago. */
export function crowd(clock: Clock): Crowd {
  const members = new Map<string, Member>();
  let sweptAt = 0;
  /** Clients choose the keys, so whoever is gone must not stay in memory. */
  function sweep(now: number): void {
    if (now - sweptAt <= PRESENT_MS / 10) return;
    sweptAt = now;
    for (const [key, { running, waiting, at }] of members)
      if (running + waiting === 0 && now - at > PRESENT_MS) members.delete(key);
  }
  return {
    of(key: string): Member {
      const now = clock.nowMs();
      sweep(now);
      let member = members.get(key);
      if (!member)
        members.set(key, (member = { running: 0, waiting: 0, used: 0, at: now, floodsUntil: 0, restsUntil: 0 }));
      lately(member, now);
      return member;
    },
    get size() {
      sweep(clock.nowMs());
      return members.size;
    },
  };
}
