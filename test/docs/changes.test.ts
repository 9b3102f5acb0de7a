import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLArgument, resolveSchemaCoordinate } from 'graphql';

const root = join(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(join(root, 'schema/api.graphql'), 'utf8'));
const page = readFileSync(join(root, 'docs/changes.md'), 'utf8');

/** The words in backticks of a column: `Type`, `Type.member: Type`, `Type.field(argument: Type)`. */
const wordsIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string);
const rows = page
  .split('\n')
  .filter((line) => /^\| \d{4}-\d\d-\d\d \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** Whether the graph has it, and of the type that the page gives it. */
function isThere(word: string): boolean {
  const [, coordinate = '', argumentType, ending = '', fieldType] =
    /^([\w.]+(?:\(\w+:)?)(?: ([^)]+))?(\)?)(?:: (.+))?$/.exec(word) ?? [];
  const found = resolveSchemaCoordinate(schema, coordinate + ending);
  const type = argumentType ?? fieldType;
  if (!found || type === undefined) return found !== undefined;
  const { fieldArgument, field } = found as { fieldArgument?: GraphQLArgument; field?: GraphQLArgument };
  return String((fieldArgument ?? field)?.type) === type;
}

describe('docs/changes.md', () => {
  it('names under "Now" what the graph has', () => {
    const now = rows.flatMap((row) => wordsIn((row.length > 5 ? row[3] : row[2]) ?? ''));
    expect(now.length).toBeGreaterThan(30);
    expect(now.filter((word) => !isThere(word))).toEqual([]);
  });

  it('names under "Was" what the graph has no more', () => {
    const was = rows.flatMap((row) => (row.length > 5 ? wordsIn(row[2] ?? '') : []));
    expect(was.length).toBeGreaterThan(0);
    expect(was.filter(isThere)).toEqual([]);
  });
});
