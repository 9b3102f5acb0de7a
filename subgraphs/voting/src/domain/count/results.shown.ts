import type { CountRound, Tally } from '../../counting/types.ts';
import type { PollOptionRow } from '../option/option.entity.ts';
import type { Results } from './results.ts';

const made = new WeakMap<Results, ReturnType<typeof shown>>();

function shown({ count, options }: Results) {
  const one = (id: string) => options.get(id) as PollOptionRow;
  const all = (ids: readonly string[]) => ids.map(one);
  const tally = ({ option, count: votes }: Tally) => ({ option: one(option), count: votes });
  const orNone = (id: string | null) => (id === null ? null : one(id));
  const round = (each: CountRound) => ({
    ...each,
    tallies: each.tallies.map(tally),
    transfers: each.transfers.map(({ from, to, count: votes }) => ({
      source: orNone(from),
      target: orNone(to),
      count: votes,
    })),
    duels: each.duels.map((duel) => ({ ...duel, over: one(duel.over), under: one(duel.under) })),
    elected: all(each.elected),
    excluded: all(each.excluded),
  });
  return {
    winners: all(count.winners),
    ranking: count.ranking.map(all),
    tallies: count.tallies.map(tally),
    rounds: count.rounds.map(round),
    tieBreaks: count.tieBreaks.map((each) => ({ ...each, among: all(each.among), chosen: all(each.chosen) })),
  };
}

/** Results with options in place of their ids, made once however many fields ask. */
export function shownResults(results: Results): ReturnType<typeof shown> {
  const known = made.get(results) ?? shown(results);
  made.set(results, known);
  return known;
}
