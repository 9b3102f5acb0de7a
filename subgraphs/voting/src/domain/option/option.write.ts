import type { EntityManager } from '@mikro-orm/postgresql';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import type { PollRow } from '../poll/poll.entity.ts';
import { MAX_OPTIONS } from '../poll/poll.input.ts';
import { PollOption } from './option.entity.ts';

/** An option before it stands in a poll. */
export interface NewOption {
  /** Given where something refers to it before it is stored. */
  id?: string;
  externalKey?: string;
  title: string;
  description?: string | null | undefined;
  descriptionHtml?: string | null;
  nomineeId?: string | null;
  imageFile?: string | null;
  noneOfTheAbove?: boolean;
}

/** The options with their Markdown as HTML, which no transaction waits for. */
export async function renderedOptions(options: readonly NewOption[]): Promise<NewOption[]> {
  const written: NewOption[] = [];
  for (const option of options) {
    const { description } = option;
    written.push({ ...option, descriptionHtml: description ? await renderMarkdown(description, 'description') : null });
  }
  return written;
}

/** Adds options after those that are there. Throws InvalidInput for more than a poll may have; the caller has the poll locked. */
export async function addOptions(
  tx: EntityManager,
  { id: pollId, tenantId, method }: PollRow,
  options: readonly NewOption[],
): Promise<PollOption[]> {
  if (options.length === 0) return [];
  const [last] = await tx.find(PollOption, { pollId }, { orderBy: { position: 'desc' }, limit: 1 });
  const count = await tx.count(PollOption, { pollId });
  const most = method === 'CONSENT' ? 1 : MAX_OPTIONS;
  if (count + options.length > most) throw new InvalidInput({ options: `must be at most ${most} in one poll` });
  const first = (last?.position ?? 0) + 1;
  const added = options.map(
    ({ description = null, descriptionHtml = null, nomineeId = null, noneOfTheAbove = false, ...option }, index) =>
      tx.create(PollOption, {
        ...{ id: option.id ?? uuidv7(), externalKey: option.externalKey ?? null, title: option.title },
        ...{ tenantId, pollId, position: first + index, description, descriptionHtml, nomineeId, noneOfTheAbove },
        imageFile: option.imageFile ?? null,
      }),
  );
  await tx.flush();
  return added;
}
