import { rowsOf, type TableRow } from '@polity/kernel/text/table';
import { type ImportFile, ImportProblem, importFile } from './import.format.ts';

/** Where a problem stands and what it is, in words. */
export function problemOf(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const [first] = error.issues;
  const where = first?.path.map(String).join('.');
  return where ? `${where}: ${first?.message}` : (first?.message ?? 'is not valid');
}

function checkedFile(value: unknown): ImportFile {
  const result = importFile.safeParse(value);
  if (result.success) return result.data;
  throw new ImportProblem(`This is no import of polls: ${problemOf(result.error)}.`);
}

function readJson(text: string): ImportFile {
  try {
    return checkedFile(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ImportProblem(`This is no JSON: ${error.message}.`);
    throw error;
  }
}

const NUMBERS = new Set([
  'seats',
  'maxChoices',
  'minScore',
  'maxScore',
  'credits',
  'quorum',
  'turnoutQuorum',
  'weight',
]);
const FLAGS = new Set(['anonymous', 'allowsChange', 'noneOfTheAbove', 'shuffleOptions', 'breakTies', 'abstain']);

/** A cell as JSON would have it; what cannot be is left for the format to refuse. */
function cellValue(name: string, cell: string): unknown {
  if (NUMBERS.has(name)) return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (FLAGS.has(name)) return { true: true, false: false }[cell.toLowerCase()] ?? cell;
  if (name === 'scope') {
    const [type, id] = cell.split(':');
    return { type, id };
  }
  return cell;
}

const parts = (cell: string, separator: string) =>
  cell === '' ? [] : cell.split(separator).map((part) => part.trim());

/** A ballot in one cell: `a | b`, `a > b = c`, `a: 3 | b: 5`, a stance, or `abstain`. An empty cell is a blank ballot. */
function ballotIn(cell: string, method: unknown): Record<string, unknown> {
  if (cell.toLowerCase() === 'abstain') return { abstain: true };
  if (method === 'CONSENT') return { consent: cell };
  if (method === 'RANKED') return { ranking: parts(cell, '>').map((rank) => parts(rank, '=')) };
  if (method !== 'SCORE') return { choices: parts(cell, '|') };
  const scores = parts(cell, '|').map((part) => {
    const at = part.lastIndexOf(':');
    return [part.slice(0, Math.max(at, 0)).trim(), at < 0 ? null : Number(part.slice(at + 1))];
  });
  return { scores: Object.fromEntries(scores) };
}

type Raw = Record<string, unknown>;

const LISTS = { option: 'options', nomination: 'nominations', elector: 'electors', vote: 'votes' } as const;
const PERSON = { poll: 'author', option: 'nominee', nomination: 'nominee', elector: 'person', vote: 'voter' } as const;

function rawOf(kind: keyof typeof PERSON, cells: Record<string, string>): Raw {
  const { kind: _kind, poll: _poll, person, ballot: _ballot, ...rest } = cells;
  const raw: Raw = Object.fromEntries(Object.entries(rest).map(([name, cell]) => [name, cellValue(name, cell)]));
  if (person !== undefined) raw[PERSON[kind]] = person;
  if (kind === 'nomination' && raw.description !== undefined) {
    raw.statement = raw.description;
    delete raw.description;
  }
  return raw;
}

/** Puts a line into the poll that it names. Throws ImportProblem for one that names none before it. */
function putLine({ line, cells }: TableRow, kind: keyof typeof LISTS, polls: ReadonlyMap<string, Raw>): void {
  const poll = polls.get(cells.poll ?? '');
  if (!poll) throw new ImportProblem(`Line ${line} names no poll of a line before it.`);
  const raw = rawOf(kind, cells);
  const list = (poll[LISTS[kind]] ??= []) as Raw[];
  list.push(kind === 'vote' ? { ...raw, ...ballotIn(cells.ballot ?? '', poll.method) } : raw);
}

function readTable(text: string): ImportFile {
  const users: Raw[] = [];
  const polls = new Map<string, Raw>();
  for (const row of rowsOf(text, (message) => new ImportProblem(message))) {
    const { kind, id = '', person } = row.cells;
    if (kind === 'user') users.push({ id, email: person });
    else if (kind === 'poll') polls.set(id, rawOf('poll', row.cells));
    else if (kind && Object.hasOwn(LISTS, kind)) putLine(row, kind as keyof typeof LISTS, polls);
    else throw new ImportProblem(`Line ${row.line} is of no kind: user, poll, option, nomination, elector or vote.`);
  }
  return checkedFile({ users, polls: [...polls.values()] });
}

/** The file by the ending of its name, `.json` or `.csv`. Throws ImportProblem. */
export function readImport(name: string, text: string): ImportFile {
  if (name.toLowerCase().endsWith('.json')) return readJson(text);
  if (name.toLowerCase().endsWith('.csv')) return readTable(text);
  throw new ImportProblem('The name of the file ends with neither .json nor .csv.');
}
