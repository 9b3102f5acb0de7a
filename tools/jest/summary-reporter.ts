import { slowestOf, summaryLine, type TestCounts, type TestRun } from './summary.ts';

interface FileResults {
  testFilePath: string;
  numPassingTests: number;
  numFailingTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testExecError?: unknown;
  testResults: { fullName: string; duration?: number | null }[];
}

const countsOf = (file: FileResults): TestCounts => ({
  passed: file.numPassingTests,
  // A file that cannot even load reports no test; it still has to count as a failure.
  failed: file.numFailingTests + (file.testExecError ? 1 : 0),
  skipped: file.numPendingTests + file.numTodoTests,
});

/** Tells the launcher (tools/test.ts) what passed and failed; without a launcher it prints the counts itself. */
export default class SummaryReporter {
  onRunComplete(_contexts: unknown, results: { testResults: FileResults[] }): void {
    const files = results.testResults.map((file) => ({ file: file.testFilePath, counts: countsOf(file) }));
    const sum = (key: keyof TestCounts) => files.reduce((total, { counts }) => total + counts[key], 0);
    const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
    const tests = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults.map(({ fullName, duration }) => ({ file: testFilePath, name: fullName, ms: duration ?? 0 })),
    );
    const failures = files.filter((file) => file.counts.failed > 0);
    const run: TestRun = { counts, files: files.length, failures, slowest: slowestOf(tests) };
    if (process.send) process.send(run);
    else process.stdout.write(`${summaryLine(counts)}\n`);
  }
}
