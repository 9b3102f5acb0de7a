import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Ask, Told } from './apart-process.ts';
import type { AttackClass } from './ceilings.ts';
import { longestWait, RUNS } from './measure.ts';
import { type Attack, hold, type Measured, report, SECONDS } from './target.ts';

/** The target as a process of its own, which runs the gateway as it is served: what it costs there is what an attacker causes. */
export interface TargetApart {
  /** Sends it once; `cpuMs` is what that run cost. */
  send(attack: Attack): Promise<Measured>;
  /** Sends it several times, reports where asked to, and fails where even the cheapest was above the ceiling of the class. */
  withstands(name: AttackClass, what: string, make: (run: number) => Attack): Promise<Measured>;
  /** Takes all subgraphs away, and brings them back. */
  lose(): Promise<void>;
  find(): Promise<void>;
  close(): Promise<void>;
}

export async function openApart(): Promise<TargetApart> {
  const child = fork(new URL('./apart-process.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit');
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];

  async function ask(question: Ask): Promise<Told> {
    child.send(question);
    const answer = await Promise.race([once(child, 'message'), ended.then(() => null)]);
    if (!answer) throw new Error('the gateway ended');
    return answer[0] as Told;
  }

  async function sendAll(attacks: readonly Attack[]): Promise<Measured> {
    const { outcome, cpuMs } = await ask({ attacks });
    const [{ body }] = attacks as [Attack];
    return { ...outcome, sentBytes: Buffer.byteLength(body), cpuMs: Math.min(...cpuMs) };
  }

  return {
    send: (attack) => sendAll([attack]),
    async withstands(name, what, make) {
      const measured = await sendAll(Array.from({ length: RUNS }, (_, run) => make(run)));
      if (SECONDS > 0) report(name, what, measured, await longestWait(port, () => sendAll([make(-1)])));
      hold(name, what, measured);
      return measured;
    },
    lose: async () => void (await ask({ down: true })),
    find: async () => void (await ask({ down: false })),
    async close() {
      child.disconnect();
      await ended;
    },
  };
}
