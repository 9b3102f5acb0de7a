import type { Sample } from './load.ts';
import { percentile } from './load.ts';
import { type OperationClass, operations, type Part } from './operations.ts';

/** What a fault may do to a class of operations. */
export type Effect = 'must fail' | 'may fail' | 'none';

export function effectOn({ needs, mayNeed = [] }: OperationClass, gone: readonly Part[]): Effect {
  if (gone.some((part) => needs.includes(part))) return 'must fail';
  return gone.some((part) => mayNeed.includes(part)) ? 'may fail' : 'none';
}

const of = (samples: readonly Sample[], { name }: OperationClass) =>
  samples.filter(({ operation }) => operation === name);

const counted = (outcomes: readonly string[]) =>
  [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, { length }]) => `${outcome} ${length}`).join(', ');

/** Outcomes of classes that the fault does not touch, other than good ones. */
export function harmed(samples: readonly Sample[], gone: readonly Part[]): string[] {
  return operations
    .filter((each) => effectOn(each, gone) === 'none')
    .flatMap((each) => of(samples, each).map(({ operation, outcome }) => `${operation}: ${outcome}`))
    .filter((line) => !line.endsWith(': ok'));
}

/** Failures of classes that the fault touches, other than the ones that clients are promised. */
export function unforeseen(samples: readonly Sample[], gone: readonly Part[], promised: readonly string[]): string[] {
  return operations
    .filter((each) => effectOn(each, gone) !== 'none')
    .flatMap((each) => of(samples, each))
    .filter(({ outcome }) => outcome !== 'ok' && !promised.includes(outcome))
    .map(({ operation, outcome }) => `${operation}: ${outcome}`);
}

/** How many of those that must fail did, so that a fault which never happened is seen. */
export function failed(samples: readonly Sample[], gone: readonly Part[]): number {
  const touched = operations.filter((each) => effectOn(each, gone) === 'must fail');
  return touched.flatMap((each) => of(samples, each)).filter(({ outcome }) => outcome !== 'ok').length;
}

/** The slowest answer among those that the fault touches. */
export function slowest(samples: readonly Sample[], gone: readonly Part[]): number {
  const touched = operations.filter((each) => effectOn(each, gone) !== 'none');
  return percentile(
    touched.flatMap((each) => of(samples, each)),
    1,
  );
}

/**
 * 95th percentile of all that the fault does not touch, over that of calm times, each sample as a share of what is usual in its own class:
 * the few dozen samples that one class has in ten seconds would say more about chance than about the fault.
 */
export function slowdown(calm: readonly Sample[], during: readonly Sample[], gone: readonly Part[]): number {
  const shares = operations
    .filter((each) => effectOn(each, gone) === 'none')
    .flatMap((each) => {
      const usual = percentile(of(calm, each), 0.95);
      return of(during, each).map((sample) => ({ ...sample, ms: sample.ms / usual }));
    });
  return percentile(shares, 0.95);
}

/** One line per class, for whoever reads the run. */
export function table(samples: readonly Sample[]): string[] {
  return operations.map((each) => {
    const own = of(samples, each);
    const ms = [0.5, 0.95, 1].map((share) => Math.round(percentile(own, share)));
    return `    ${each.name.padEnd(30)} p50/p95/max ${ms.join('/').padEnd(14)} ms  ${counted(own.map(({ outcome }) => outcome))}`;
  });
}
