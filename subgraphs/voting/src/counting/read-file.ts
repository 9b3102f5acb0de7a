import { type ElectionFile, MAX_FILE } from './file.ts';
import { readBlt } from './read-blt.ts';
import { readCef } from './read-cef.ts';
import { readExport } from './read-export.ts';
import { CountError, type CountingRule, type Election } from './types.ts';

const READERS: Record<string, (text: string) => ElectionFile> = {
  '.blt': readBlt,
  '.cvotes': readCef,
  '.json': readExport,
};

export const FILE_KINDS = Object.keys(READERS);

/** Reads a file by the ending of its name. */
export function readElectionFile(name: string, text: string): ElectionFile {
  const ending = FILE_KINDS.find((kind) => name.toLowerCase().endsWith(kind));
  if (!ending)
    throw new CountError('MALFORMED_FILE', `The name of the file ends with none of ${FILE_KINDS.join(', ')}.`);
  return (READERS[ending] as (text: string) => ElectionFile)(text);
}

/** Bytes that a file has at most; a character takes up to four. */
export const MAX_FILE_BYTES = 4 * MAX_FILE;

export interface Overrides {
  rule?: CountingRule;
  seats?: number;
  seed?: string;
}

/**
 * The election that a file and a command line describe together. The seats of a .blt or .cvotes file are those of the STV rules; every
 * other rule fills one seat unless told otherwise, as such files state seats whatever they are counted by. Our own export means its own.
 */
export function electionOf(file: ElectionFile, { rule, seats, seed }: Overrides): Election | null {
  const chosen = rule ?? file.poll?.rule;
  if (!chosen) return null;
  const ofFile = file.poll || chosen.startsWith('STV_') ? file.seats : null;
  return {
    ...file.poll,
    rule: chosen,
    seats: seats ?? ofFile ?? 1,
    seed: seed ?? file.poll?.seed,
    options: file.options.map(({ id }) => id),
    ballots: file.ballots,
    unranked: file.unranked,
  };
}

/** Titles by id; where two options have one title, the id tells them apart. */
function titles(file: ElectionFile): Map<string, string> {
  const times = new Map<string, number>();
  for (const { title } of file.options) times.set(title, (times.get(title) ?? 0) + 1);
  return new Map(file.options.map(({ id, title }) => [id, times.get(title) === 1 ? title : `${title} (${id})`]));
}

/** The same count with titles where it has ids. */
export function withTitles<Part>(part: Part, file: ElectionFile): Part {
  const names = titles(file);
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]));
  };
  return rename(part) as Part;
}
