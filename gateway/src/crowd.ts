import type { Clock } from '@polity/kernel/clock';

/** For how long somebody who has nothing under way still counts as there. */
const PRESENT_MS = 10_000;
/** Half of what somebody used is forgotten in this time. */
const HALF_LIFE_MS = 1_000;

export interface Member {
  running: number;
  waiting: number;
  /** Milliseconds of running time that it had lately. */
  used: number;
  at: number;
}

export interface Crowd {
  of(key: string): Member;
  /** How many are there. */
  readonly size: number;
}

/** Payers, networks or tenants that have something under way, or had it a moment ago. */
export function crowd(clock: Clock): Crowd {
  const members = new Map<string, Member>();
  let sweptAt = 0;
  const fade = (member: Member, now: number) => {
    member.used *= 0.5 ** ((now - member.at) / HALF_LIFE_MS);
    member.at = now;
  };
  /** Clients choose the keys, so whoever is gone must not stay in memory. */
  function sweep(): void {
    const now = clock.nowMs();
    if (now - sweptAt <= PRESENT_MS / 10) return;
    sweptAt = now;
    for (const [key, { running, waiting, at }] of members)
      if (running + waiting === 0 && now - at > PRESENT_MS) members.delete(key);
  }
  return {
    of(key: string): Member {
      sweep();
      let member = members.get(key);
      if (!member) members.set(key, (member = { running: 0, waiting: 0, used: 0, at: clock.nowMs() }));
      fade(member, clock.nowMs());
      return member;
    },
    get size() {
      sweep();
      return members.size;
    },
  };
}
