import { setTimeout as sleep } from 'node:timers/promises';
import type { Victim } from '../processes/process.ts';
import type { Random } from './random.ts';

/** How often each is killed, compared with the others. */
const WEIGHTS: Record<string, number> = {
  portal: 4,
  access: 4,
  identity: 3,
  gateway: 3,
  postgres: 1.5,
  redis: 1.5,
  nats: 1.5,
};
/** Pause between two kills, and how long a process stays down at most, in milliseconds. */
const GAP_MS = [600, 3_000] as const;
const DOWN_MS = 1_500;
/** Share of turns in which also those may be hit that have not come back yet; else there would be little business to disturb. */
const EARLY = 0.2;

export interface Storm {
  /** Kills by name. */
  kills: Map<string, number>;
}

/** A storm is over after so many seconds, or so many kills. */
export interface StormLength {
  seconds: number;
  kills: number;
}

/** Kills at random; resolves when everything that was killed has been started again. */
export async function storm(victims: readonly Victim[], random: Random, length: StormLength): Promise<Storm> {
  const began = Date.now();
  const kills = new Map<string, number>();
  const returns: Promise<void>[] = [];
  const down = new Set<Victim>();

  async function strike(victim: Victim, downMs: number) {
    const { name } = victim;
    kills.set(name, (kills.get(name) ?? 0) + 1);
    await victim.kill();
    await sleep(downMs);
    victim.start();
    down.delete(victim);
  }

  const isOver = () => Date.now() - began >= length.seconds * 1000 || returns.length >= length.kills;
  while (!isOver()) {
    await sleep(random.between(...GAP_MS));
    const isEarly = random.chance(EARLY);
    const targets = victims.filter(
      (each) => !down.has(each) && (each.isGreen || (isEarly && each.name !== 'postgres')),
    );
    const name = random.weighted(Object.fromEntries(targets.map((each) => [each.name, WEIGHTS[each.name] ?? 1])));
    const victim = targets.find((each) => each.name === name);
    const downMs = random.next() ** 2 * DOWN_MS;
    if (!victim) continue;
    down.add(victim);
    returns.push(strike(victim, downMs));
  }
  await Promise.all(returns);
  return { kills };
}
