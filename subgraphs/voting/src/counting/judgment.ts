import { scoredProfile } from './ballots.ts';
import { decimal } from './exact.ts';
import { allOptions, asCount, round, tallyOf } from './outcome.ts';
import type { Count, Election } from './types.ts';

// Majority judgment: the highest median grade wins. Of equal medians one grade of it is taken away from each until they differ (the
// majority value of Balinski and Laraki). Taken away one after the other, the medians walk from the middle of the sorted grades to both
// sides in turn, so the first difference is found from the bounds of equal grades, however many ballots there are.

/** All grades of one option in ascending order, run by run: `grade` up to and with position `end` (exclusive). */
type Grades = { grade: number; end: number }[];

function sortedGrades(counts: ReadonlyMap<number, number>): Grades {
  let end = 0;
  return [...counts].sort(([a], [b]) => a - b).map(([grade, count]) => ({ grade, end: (end += count) }));
}

const gradeAt = (grades: Grades, position: number): number =>
  (grades.find(({ end }) => position < end) as { grade: number }).grade;

/** Where the run that holds `position` begins. */
function startOf(grades: Grades, position: number): number {
  const index = grades.findIndex(({ end }) => position < end);
  return grades[index - 1]?.end ?? 0;
}

const endOf = (grades: Grades, position: number): number =>
  (grades.find(({ end }) => position < end) as { end: number }).end;

/** How far below `from` the first position with unequal grades lies; Infinity = nowhere. */
function differenceBelow(a: Grades, b: Grades, from: number): number {
  let position = from;
  while (position >= 0) {
    if (gradeAt(a, position) !== gradeAt(b, position)) return from - position;
    position = Math.max(startOf(a, position), startOf(b, position)) - 1;
  }
  return Infinity;
}

function differenceAbove(a: Grades, b: Grades, from: number, total: number): number {
  let position = from;
  while (position < total) {
    if (gradeAt(a, position) !== gradeAt(b, position)) return position - from;
    position = Math.min(endOf(a, position), endOf(b, position));
  }
  return Infinity;
}

/** Negative where `a` is judged better. */
function compareGrades(a: Grades, b: Grades, total: number): number {
  const middle = Math.floor((total - 1) / 2);
  const below = differenceBelow(a, b, middle);
  const above = differenceAbove(a, b, middle + 1, total) + 1;
  if (below === Infinity && above === Infinity) return 0;
  // An odd number walks down before up, an even one up before down, after the middle itself.
  const down = below < above || (below === above && total % 2 === 1);
  const position = down ? middle - below : middle + above;
  return gradeAt(b, position) - gradeAt(a, position);
}

function rankJudged(options: readonly number[], compare: (a: number, b: number) => number): number[][] {
  const ranking: number[][] = [];
  for (const option of [...options].sort((a, b) => compare(a, b) || a - b)) {
    const last = ranking.at(-1);
    if (last && compare(last[0] as number, option) === 0) last.push(option);
    else ranking.push([option]);
  }
  return ranking;
}

export function countJudgment(election: Election): Count {
  const profile = scoredProfile(election, election.minScore ?? 0);
  const counts = election.options.map(() => new Map<number, number>());
  let total = 0;
  for (const { said, weight } of profile.groups) {
    total += weight;
    for (const [option, grade] of said.entries()) {
      const graded = counts[option] as Map<number, number>;
      graded.set(grade, (graded.get(grade) ?? 0) + weight);
    }
  }
  const grades = counts.map(sortedGrades);
  const medians = grades.map((runs) => (total === 0 ? '0' : decimal(gradeAt(runs, Math.floor((total - 1) / 2)))));
  return asCount(election, profile, {
    ranking:
      total === 0
        ? [allOptions(election)]
        : rankJudged(allOptions(election), (a, b) => compareGrades(grades[a] as Grades, grades[b] as Grades, total)),
    tallies: medians,
    rounds: [round(1, 'RANKING', { tallies: tallyOf(election, medians) })],
    tieBreaks: [],
  });
}
