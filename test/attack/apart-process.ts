// The process that `apart.ts` starts: a target without jest, which sends itself what it is told to, and says what that cost its event loop.
import { subgraphNames } from '../../gateway/test/every-subgraph.ts';
import { cpuMs } from './measure.ts';
import { type Attack, type Outcome, openTarget } from './target.ts';

/** Attacks to be sent one after the other, or whether the subgraphs are away. */
export type Ask = { attacks: readonly Attack[] } | { down: boolean };

/** What came back of the last attack, and CPU milliseconds of each. */
export interface Told {
  outcome: Outcome;
  cpuMs: number[];
}

const target = await openTarget();

async function answer(asked: Ask): Promise<Told> {
  const told: Told = { outcome: { status: 0, bytes: 0, text: '' }, cpuMs: [] };
  if ('down' in asked) {
    for (const name of subgraphNames) {
      if (asked.down) target.at.down.set(name, 'away');
      else target.at.down.delete(name);
    }
    return told;
  }
  for (const attack of asked.attacks)
    told.cpuMs.push(
      await cpuMs(async () => {
        told.outcome = await target.send(attack);
      }),
    );
  return told;
}

process.on('message', (asked) => void answer(asked as Ask).then((told) => process.send?.(told)));
process.once('disconnect', () => void target.close().then(() => process.exit()));
process.send?.({ port: target.at.port });
