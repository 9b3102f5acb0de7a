import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { count } from '../counting/count.ts';
import { electionOf, MAX_FILE_BYTES, type Overrides, readElectionFile, withTitles } from '../counting/read-file.ts';
import { showCount } from '../counting/show.ts';
import { COUNTING_RULES, CountError, type CountingRule } from '../counting/types.ts';
import { UsageError } from './usage.ts';

// npm run voting -- count FILE --rule RULE [--seats N] [--seed TEXT] [--json]
// FILE is .blt, .cvotes or our own .json export, which brings its rule. Needs nothing that runs: no database, no configuration.

const OPTIONS = {
  rule: { type: 'string' },
  seats: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function given(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // What parseArgs says goes on with advice in further sentences.
    throw new UsageError(`${(error as Error).message.split('. ')[0]}.`);
  }
}

function overrides(values: { rule?: string; seats?: string; seed?: string }): Overrides {
  const { rule, seats, seed } = values;
  const chosen = COUNTING_RULES.find((name) => name === rule);
  if (rule !== undefined && !chosen) throw new UsageError(`--rule is one of ${COUNTING_RULES.join(', ')}.`);
  if (seats !== undefined && !/^[1-9]\d{0,2}$/.test(seats)) throw new UsageError('--seats is a whole number from 1.');
  if (seed === '') throw new UsageError('--seed is a text.');
  return { rule: chosen as CountingRule | undefined, seats: seats === undefined ? undefined : Number(seats), seed };
}

async function contents(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`There is no file ${path}.`);
  if (found.size > MAX_FILE_BYTES) throw new UsageError(`${path} has more than ${MAX_FILE_BYTES} bytes.`);
  return readFile(path, 'utf8');
}

/** What the command prints. Throws UsageError where it was called wrongly, CountError where the file or the election is at fault. */
export async function countCommand(args: readonly string[]): Promise<string> {
  const { values, positionals } = given(args);
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new UsageError('Name one file: count FILE --rule RULE [--seats N] [--json].');
  const wanted = overrides(values);
  const file = readElectionFile(basename(path), await contents(path));
  const election = electionOf(file, wanted);
  if (!election) throw new UsageError(`Name a rule: --rule ${COUNTING_RULES.join('|')}.`);
  const counted = withTitles(count(election), file);
  if (values.json) return `${JSON.stringify(counted, null, 2)}\n`;
  return `${[...(file.title ? [file.title] : []), ...showCount(counted)].join('\n')}\n`;
}

/** A file that cannot be counted is as wrong an argument as one that is not there. */
export const isTheCallers = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof CountError;
