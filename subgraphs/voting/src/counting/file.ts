import { CountError, type Election, type ElectionBallot } from './types.ts';

/** Characters of a file that are read at most. */
export const MAX_FILE = 64_000_000;
export const MAX_NAME = 500;

/** What a file of any format holds. Options are named as the file names them, and are their own ids, except in our own export. */
export interface ElectionFile {
  title: string;
  /** Null where the file says nothing of seats. */
  seats: number | null;
  options: { id: string; title: string }[];
  ballots: ElectionBallot[];
  unranked: 'LAST' | 'ABSENT';
  /** Our own export only. */
  poll: Pick<Election, 'rule' | 'seats' | 'seed' | 'maxChoices' | 'minScore' | 'maxScore' | 'credits'> | null;
}

export function malformed(line: number, reason: string): never {
  throw new CountError('MALFORMED_FILE', `Line ${line}: ${reason}`, { line });
}

export function checkSize(text: string): void {
  if (text.length > MAX_FILE) {
    throw new CountError('FILE_TOO_LARGE', `The file has more than ${MAX_FILE} characters.`);
  }
}

/** A piece of a file as an error may show it. */
export const excerpt = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Names that are the ids of a file's options: none empty, none twice. */
export function asOptions(names: readonly string[], line: number): { id: string; title: string }[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '') malformed(line, 'a candidate has no name');
    if (name.length > MAX_NAME) malformed(line, `a name has more than ${MAX_NAME} characters`);
    if (seen.has(name)) malformed(line, `two candidates are called ${excerpt(name)}`);
    seen.add(name);
  }
  return names.map((name) => ({ id: name, title: name }));
}
