import { shownResults } from '../domain/count/results.shown.ts';
import type { PollResultsResolvers } from '../generated/graphql.ts';

export const PollResults: PollResultsResolvers = {
  winners: (results) => shownResults(results).winners,
  ranking: (results) => shownResults(results).ranking,
  tallies: (results) => shownResults(results).tallies,
  rounds: (results) => shownResults(results).rounds,
  tieBreaks: (results) => shownResults(results).tieBreaks,
  cast: ({ count }) => count.cast,
  blank: ({ count }) => count.blank,
  stances: ({ count }) => count.stances,
  openSeats: ({ count }) => count.openSeats?.seats ?? null,
};
