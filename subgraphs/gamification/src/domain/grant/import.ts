import { checked, text } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { canonicalId, isUuid } from '@polity/kernel/ids';
import { rowsOf, type TableRow } from '@polity/kernel/text/table';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import type { AchievementRow } from '../achievement/achievement.entity.ts';
import { achievementToGrant, awardByHand, mayHold } from './grant.service.ts';

const MAX_LINES = 500;
const MAX_LENGTH = 100_000;
const COLUMNS = ['userId', 'email', 'reason'];

const input = z.object({ csv: text(MAX_LENGTH).min(1, 'is needed') });
const reason = z.object({ reason: text(500) });

/** A line of the table: somebody who may be granted it, or why not. */
interface Line {
  line: number;
  userId: string | null;
  reason: string | null;
  problem: string | null;
}

interface GrantImport {
  created: number;
  unchanged: number;
  refused: { line: number; reason: string }[];
}

function readTable(csv: string): TableRow[] {
  const problem = (message: string) => new InvalidInput({ csv: message });
  const rows = rowsOf(csv, problem)
    .take(MAX_LINES + 1)
    .toArray();
  if (rows.length === 0) throw problem('has no line but that of its columns');
  if (rows.length > MAX_LINES) throw problem(`must be at most ${MAX_LINES} lines`);
  const unknown = rows.flatMap(({ cells }) => Object.keys(cells)).find((name) => !COLUMNS.includes(name));
  if (unknown !== undefined)
    throw problem(`has a column \`${unknown.slice(0, 100)}\`: there are ${COLUMNS.join(', ')}`);
  return rows;
}

/** Addresses of one call: identity takes each as a list of one, which says whose answer is whose. */
const BATCH = 50;
const names = Array.from({ length: BATCH }, (_, index) => `e${index}`);
const BY_EMAIL = `query PeopleByEmail(${names.map((name) => `$${name}: [String!]!`).join(', ')}) {
  ${names.map((name) => `${name}: _usersByEmail(emails: $${name}) { id }`).join('\n  ')} }`;

async function idsByEmail({ services }: Context, rows: readonly TableRow[]): Promise<Map<string, string>> {
  const emails = [...new Set(rows.flatMap(({ cells }) => cells.email?.toLowerCase() ?? []))];
  const found = new Map<string, string>();
  for (let from = 0; from < emails.length; from += BATCH) {
    const batch = emails.slice(from, from + BATCH);
    const variables = Object.fromEntries(names.map((name, index) => [name, batch[index] ? [batch[index]] : []]));
    const answer = await services.call<Record<string, { id: string }[]>>('identity', BY_EMAIL, variables);
    for (const [index, email] of batch.entries()) {
      const [person] = answer[`e${index}`] ?? [];
      if (person) found.set(email, person.id);
    }
  }
  return found;
}

function reasonOf(given: string | undefined): { reason: string | null; problem: string | null } {
  const result = reason.safeParse({ reason: given ?? '' });
  return result.success
    ? { reason: result.data.reason || null, problem: null }
    : { reason: null, problem: 'the reason must be at most 500 characters' };
}

/** Who is meant by each line. One who is not known, or does not belong there, is answered alike. */
async function linesOf(ctx: Context, achievement: AchievementRow, rows: readonly TableRow[]): Promise<Line[]> {
  const byEmail = await idsByEmail(ctx, rows);
  const lines: Line[] = [];
  for (const { line, cells } of rows) {
    const said = reasonOf(cells.reason);
    const named = cells.userId ?? byEmail.get(cells.email?.toLowerCase() ?? '');
    const userId = isUuid(named) ? canonicalId(named) : null;
    const known = userId !== null && (await mayHold(ctx, achievement, userId));
    const problem = cells.userId || cells.email ? 'this person does not belong here' : 'names nobody';
    lines.push({ line, userId: known ? userId : null, ...said, problem: known ? said.problem : problem });
  }
  return lines;
}

/** Grants an achievement to everybody whom a table names. Throws InvalidInput, NotFound, Forbidden, AchievementArchived. */
export async function importGrants(ctx: Context, id: string, given: string): Promise<GrantImport> {
  const { csv } = checked(input, { csv: given });
  const seen = await achievementToGrant(ctx, ctx.em, id);
  const lines = await linesOf(ctx, seen, readTable(csv));
  const refused = lines.flatMap(({ line, problem }) => (problem ? [{ line, reason: problem }] : []));
  return write(ctx, async (tx) => {
    const achievement = await achievementToGrant(ctx, tx, id);
    const counts = { created: 0, unchanged: 0 };
    for (const { userId, problem, reason: why } of lines) {
      if (problem || !userId) continue;
      const granted = await awardByHand(tx, ctx, { achievement, userId, reason: why });
      counts[granted ? 'created' : 'unchanged'] += 1;
    }
    return { ...counts, refused };
  });
}
