import { Conflict } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { CountError } from '../../counting/types.ts';
import { writeBlt, writeCef } from '../../counting/write-files.ts';
import type { PollOptionRow } from '../option/option.entity.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { ballotsOf, type Published } from './election.ts';
import { asCsv, electionExport } from './export.tables.ts';

/** Bytes of an export that is answered in a field. */
const MOST_BYTES = 512 * 1024;

/** A poll that was counted, as it is written down. */
export interface Exported {
  poll: PollRow;
  options: readonly PollOptionRow[];
  ballots: readonly Published[];
  seed: string | null;
}

const WRITERS = {
  CSV: asCsv,
  JSON: (exported: Exported) => `${JSON.stringify(electionExport(exported))}\n`,
  BLT: (exported: Exported) => writeBlt(electionExport(exported)),
  CEF: (exported: Exported) => writeCef(electionExport(exported)),
} as const;
export type ExportFormat = keyof typeof WRITERS;

/** The poll in that format. Throws Conflict for ballots that the format cannot hold. */
function written(exported: Exported, format: ExportFormat): string {
  try {
    return WRITERS[format](exported);
  } catch (error) {
    if (!(error instanceof CountError)) throw error;
    throw new Conflict(error.message, { reason: 'NO_SUCH_EXPORT' });
  }
}

const tooLarge = () =>
  new Conflict(
    'This poll is too large for one answer. Page through its published ballots, as `npm run voting -- fetch` does.',
    {
      reason: 'EXPORT_TOO_LARGE',
    },
  );

/** The least that a ballot takes in any of the formats, so that a large poll is refused before it is read. */
const LEAST_BYTES = 4;

/** The poll as text; null until it was counted. Throws Conflict. */
export async function exportOf(ctx: Context, poll: PollRow, format: ExportFormat): Promise<string | null> {
  if (!poll.isClosed() || !poll.outcome) return null;
  if ((poll.castCount ?? 0) * LEAST_BYTES > MOST_BYTES) throw tooLarge();
  const [options, made] = [await ctx.loaders.optionsOf.load(poll.id), await ctx.loaders.countById.load(poll.id)];
  const ballots: Published[] = [];
  for await (const ballot of ballotsOf(ctx.em, poll)) ballots.push(ballot);
  const text = written({ poll, options, ballots, seed: made?.seed ?? null }, format);
  if (Buffer.byteLength(text) > MOST_BYTES) throw tooLarge();
  return text;
}
