export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** How long one test took. */
export interface TimedTest {
  file: string;
  name: string;
  ms: number;
}

const SHOWN = 20;

/** The twenty slowest tests, slowest first. */
export const slowestOf = (tests: readonly TimedTest[]): TimedTest[] =>
  [...tests].sort((a, b) => b.ms - a.ms).slice(0, SHOWN);

/** One line per slow test: seconds, file, name. */
export const slowestLines = (tests: readonly TimedTest[], nameOf: (file: string) => string): string =>
  tests.map(({ file, name, ms }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${nameOf(file)}: ${name}\n`).join('');

/** What the reporter tells the launcher. */
export interface TestRun {
  counts: TestCounts;
  /** The files of the run. */
  files: number;
  /** Those in which something failed, each with its own counts. */
  failures: { file: string; counts: TestCounts }[];
  slowest: TimedTest[];
}

export function summaryLine({ passed, failed, skipped }: TestCounts): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

const added = (a: TestCounts, b: TestCounts, sign: 1 | -1): TestCounts => ({
  passed: a.passed + sign * b.passed,
  failed: a.failed + sign * b.failed,
  skipped: a.skipped + sign * b.skipped,
});

/** The counts of a run in which the files that had failed were run again: their second counts stand. */
export function afterSecondRun(first: TestRun, second: TestRun): TestCounts {
  const rest = first.failures.reduce((counts, failure) => added(counts, failure.counts, -1), first.counts);
  return added(rest, second.counts, 1);
}
