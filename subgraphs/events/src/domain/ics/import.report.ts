import type { ReadEvent, Refusal } from './read.ts';

/** What became of one component. */
export interface ImportedComponent {
  uid: string | null;
  /** Original start of the date of a series that it is about. */
  occurrence: string | null;
  outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  reason: string | null;
}

/** What became of a file. */
export interface CalendarImport {
  created: number;
  updated: number;
  unchanged: number;
  refused: Refusal[];
  components: ImportedComponent[];
}

/** Components and refusals that a report names. */
const MAX_REPORTED = 1_000;
const COUNTED = { CREATED: 'created', UPDATED: 'updated', UNCHANGED: 'unchanged' } as const;

export const emptyReport = (): CalendarImport => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: [],
  components: [],
});

/** Notes that a component was taken. */
export function note(
  report: CalendarImport,
  { uid, recurrenceId }: Pick<ReadEvent, 'uid' | 'recurrenceId'>,
  outcome: keyof typeof COUNTED,
): void {
  report[COUNTED[outcome]] += 1;
  report.components.push({ uid, occurrence: recurrenceId?.toISOString() ?? null, outcome, reason: null });
}

/** Notes that a component was not, and why. */
export function refuse(report: CalendarImport, uid: string | null, reason: string): void {
  report.refused.push({ uid, reason });
  report.components.push({ uid, occurrence: null, outcome: 'REFUSED', reason });
}

/** Adds what became of a batch. */
export function addTo(report: CalendarImport, batch: CalendarImport): void {
  for (const name of Object.values(COUNTED)) report[name] += batch[name];
  report.refused.push(...batch.refused);
  report.components.push(...batch.components);
}

/** The report as it is answered and kept: its numbers are of all, what it names is bounded. */
export const bounded = (report: CalendarImport): CalendarImport => ({
  ...report,
  refused: report.refused.slice(0, MAX_REPORTED),
  components: report.components.slice(0, MAX_REPORTED),
});
