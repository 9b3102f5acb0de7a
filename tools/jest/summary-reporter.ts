import { summaryLine } from './summary.ts';

interface RunResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Tells the launcher (tools/test.ts) the counts; without a launcher it prints them itself. */
export default class SummaryReporter {
  onRunComplete(_contexts: unknown, results: RunResults): void {
    const counts = {
      passed: results.numPassedTests,
      // A file that cannot even load reports no test; it still has to count as a failure.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    if (process.send) process.send(counts);
    else process.stdout.write(`${summaryLine(counts)}\n`);
  }
}
