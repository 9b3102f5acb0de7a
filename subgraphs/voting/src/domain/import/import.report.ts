/** What of a file lies in a poll. */
export type ImportedKind = 'poll' | 'option' | 'nomination' | 'elector' | 'vote';

/** Something that could not be taken. */
export interface Refusal {
  /** Id of the poll in the file; its place there, from 1, where it has none. */
  poll: string;
  kind: ImportedKind;
  /** Its id in the file, else its place in its list, from 1. */
  id: string;
  reason: string;
}

/** What became of a file. */
export interface ImportReport {
  dryRun: boolean;
  polls: { created: number; unchanged: number; refused: number };
  options: number;
  nominations: number;
  votes: number;
  refused: Refusal[];
}

export const emptyReport = (dryRun: boolean): ImportReport => ({
  dryRun,
  polls: { created: 0, unchanged: 0, refused: 0 },
  ...{ options: 0, nominations: 0, votes: 0, refused: [] },
});

/** The report for people, a line for each thing. */
export function reportLines({ dryRun, polls, options, nominations, votes, refused }: ImportReport): string[] {
  const { created, unchanged } = polls;
  return [
    `${dryRun ? 'Would be taken' : 'Taken'}: polls ${created}, options ${options}, nominations ${nominations}, votes ${votes}.`,
    `There already: polls ${unchanged}.`,
    `Refused: ${refused.length}.`,
    ...refused.map(({ poll, kind, id, reason }) => `  poll ${poll}, ${kind} ${id}: ${reason}`),
  ];
}
