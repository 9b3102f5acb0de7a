import { afterSecondRun, slowestLines, slowestOf, type TestRun } from '../jest/summary.ts';

describe('the end of a run', () => {
  it('names the twenty slowest tests, slowest first', () => {
    const tests = Array.from({ length: 30 }, (_, n) => ({ file: '/here/a.test.ts', name: `test ${n}`, ms: n * 100 }));
    const slowest = slowestOf(tests);
    expect(slowest.map(({ ms }) => ms)).toEqual(Array.from({ length: 20 }, (_, n) => (29 - n) * 100));
    expect(slowestLines(slowest.slice(0, 1), (file) => file.slice(6))).toBe('   2.9 s  a.test.ts: test 29\n');
  });

  it('counts files that were run once more by what came of them then', () => {
    const failure = { file: 'a', counts: { passed: 3, failed: 1, skipped: 0 } };
    const first: TestRun = { counts: { passed: 9, failed: 1, skipped: 2 }, files: 3, failures: [failure], slowest: [] };
    const second = { ...first, counts: { passed: 4, failed: 0, skipped: 0 }, failures: [] };
    expect(afterSecondRun(first, second)).toEqual({ passed: 10, failed: 0, skipped: 2 });
  });
});
