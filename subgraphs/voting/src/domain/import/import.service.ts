import type { EntityManager } from '@mikro-orm/postgresql';
import { getPlace, type Place } from '@polity/kernel/access/place';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { AlreadyExists, AppError, InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import type { z } from 'zod';
import type { Acting, Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { countPoll, enqueueCount } from '../count/counting.ts';
import type { NewElector } from '../elector/roll.ts';
import { addOptions, renderedOptions } from '../option/option.write.ts';
import { Poll } from '../poll/poll.entity.ts';
import { pollErrors } from '../poll/poll.errors.ts';
import { pollEvent } from '../poll/poll.found.ts';
import { checkTogether, type PollSettings, withDefaults } from '../poll/poll.input.ts';
import { codes } from '../poll/poll.policy.ts';
import { type ImportedPoll, type ImportFile, importedPoll } from './import.format.ts';
import { type Match, nominationsOf, optionsOf, type Refuse, reasonOf, refuser, votesOf } from './import.parts.ts';
import { peopleOf } from './import.people.ts';
import { emptyReport, type ImportReport } from './import.report.ts';
import { renderedNominations, storeNominations, storeVotes } from './import.store.ts';

/** Who takes a file, where, and whether it only says what it would do. */
export interface Importing {
  acting: Acting;
  /** The context of a person, who must see where their poll lies. */
  contextOf(userId: string): Context;
  dryRun: boolean;
}

/** Ends the transaction of a dry run, in which everything was tried. */
class Tried extends Error {}

function electorsOf(poll: ImportedPoll, match: Match, refuse: Refuse): NewElector[] {
  const electors = new Map<string, NewElector>();
  for (const { person, weight } of poll.electors ?? []) {
    const found = match(person);
    if ('problem' in found) refuse('elector', person, found.problem);
    else if (electors.has(found.id)) refuse('elector', person, 'stands there twice');
    else electors.set(found.id, { userId: found.id, weight: weight ?? undefined });
  }
  return [...electors.values()];
}

/** Settings of a poll without what is the file's alone. */
function settingsOf(poll: ImportedPoll): PollSettings {
  const { id: _id, author: _author, scope, status: _status, openedAt: _opened, closedAt: _closed, ...rest } = poll;
  const { cancelReason: _reason, options, electors: _el, nominations: _nom, votes: _votes, ...given } = rest;
  const none = options?.some(({ noneOfTheAbove }) => noneOfTheAbove) ?? false;
  const settings = withDefaults({ ...given, noneOfTheAbove: given.noneOfTheAbove ?? none });
  if (!given.visibility && scope?.type === 'TEAM') settings.visibility = 'TEAM';
  checkTogether(settings);
  if (settings.visibility === 'TEAM' && scope?.type !== 'TEAM')
    throw new InvalidInput({ visibility: 'TEAM is for polls of a team' });
  return settings;
}

type Status = 'DRAFT' | 'CLOSED' | 'CANCELLED';

/** When it opened and closed. Throws InvalidInput for moments that do not fit its status, or lie in the future. */
function lifeOf(poll: ImportedPoll, now: Date) {
  const { openedAt, closedAt, cancelReason } = poll;
  const isOver = (poll.votes?.length ?? 0) > 0 || !!closedAt;
  const status: Status = poll.status ?? (isOver ? 'CLOSED' : 'DRAFT');
  if (status !== 'CLOSED' && (poll.votes?.length ?? 0) > 0)
    throw new InvalidInput({ votes: `go with CLOSED, not with ${status}` });
  if (status === 'CANCELLED' && !cancelReason) throw new InvalidInput({ cancelReason: 'is needed' });
  if (status === 'DRAFT') return { status, openedAt: null, closedAt: null, cancelledAt: null, cancelReason: null };
  if (!closedAt || closedAt >= now) throw new InvalidInput({ closedAt: 'must be a moment in the past' });
  if (openedAt && openedAt >= closedAt) throw new InvalidInput({ openedAt: 'must be before closedAt' });
  if (status === 'CANCELLED')
    return { status, openedAt: openedAt ?? null, closedAt: null, cancelledAt: closedAt, cancelReason };
  if ((poll.options?.length ?? 0) === 0) throw new InvalidInput({ options: 'are needed' });
  return { status, openedAt: openedAt ?? closedAt, closedAt, cancelledAt: null, cancelReason: null };
}

interface Ready {
  poll: ImportedPoll;
  settings: PollSettings;
  life: ReturnType<typeof lifeOf>;
  authorId: string;
  place: Place;
}

async function readied({ acting, contextOf }: Importing, raw: unknown, match: Match): Promise<Ready> {
  const poll = checked(importedPoll, raw as z.input<typeof importedPoll>) as ImportedPoll;
  const author = match(poll.author);
  if ('problem' in author) throw new InvalidInput({ author: author.problem });
  const settings = settingsOf(poll);
  const scope = poll.scope ?? { type: 'TENANT', id: acting.tenantId };
  const place = await getPlace(contextOf(author.id).access, scope, codes);
  return { poll, settings, life: lifeOf(poll, acting.clock.now()), authorId: author.id, place };
}

function create(tx: EntityManager, { poll, settings, life, authorId, place }: Ready, descriptionHtml: string | null) {
  const { visibility, ...rest } = settings;
  const { communityId, teamId, tenantId } = place;
  return tx.create(Poll, {
    ...rest,
    ...life,
    ...{ id: uuidv7(), tenantId, communityId, teamId, authorId, descriptionHtml, externalKey: poll.id },
    visibility: life.status === 'DRAFT' ? 'PRIVATE' : visibility,
    chosenVisibility: visibility,
  });
}

async function takePoll(importing: Importing, ready: Ready, match: Match, refuse: Refuse, report: ImportReport) {
  const { acting, dryRun } = importing;
  const { poll, settings, life } = ready;
  const options = await renderedOptions(optionsOf(poll, match, refuse));
  const votes = votesOf(poll, settings, options, match, refuse);
  const electors = electorsOf(poll, match, refuse);
  const nominations = await renderedNominations(nominationsOf(poll, match, refuse));
  const html = settings.description ? await renderMarkdown(settings.description, 'description') : null;
  const counts = { options: options.length, nominations: nominations.length, votes: votes.length };
  let pollId = '';
  await write(
    acting,
    async (tx) => {
      const made = create(tx, ready, html);
      pollId = made.id;
      await tx.flush();
      await addOptions(tx, made, options);
      storeNominations(tx, made, nominations);
      if (life.status === 'CLOSED') await storeVotes(tx, made, electors, votes);
      if (life.status === 'CLOSED') await enqueueCount(tx, acting, made);
      await recordEvent(tx, acting, 'voting.poll.created', pollEvent(made));
      await tx.flush();
      if (dryRun) throw new Tried();
    },
    pollErrors,
  ).catch((error: unknown) => {
    if (!(error instanceof Tried)) throw error;
  });
  report.polls.created += 1;
  for (const [name, count] of Object.entries(counts)) report[name as keyof typeof counts] += count;
  if (!dryRun && life.status === 'CLOSED') await countPoll(acting, pollId);
}

/**
 * Takes a file: each poll in one transaction of its own, with all of it that can be taken. A poll that is there by its id in the file is left as it is. What is
 * refused stands in the report, and stops nothing else.
 */
export async function importPolls(importing: Importing, file: ImportFile): Promise<ImportReport> {
  const { acting, dryRun } = importing;
  const report = emptyReport(dryRun);
  const match = await peopleOf(acting, file);
  for (const [index, raw] of file.polls.entries()) {
    const given = (raw as { id?: unknown } | null)?.id;
    const name = typeof given === 'string' ? given : `number ${index + 1}`;
    const refused: ImportReport['refused'] = [];
    try {
      if (await acting.em.fork().count(Poll, { externalKey: name })) report.polls.unchanged += 1;
      else await takePoll(importing, await readied(importing, raw, match), match, refuser(refused, name), report);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error instanceof AlreadyExists) report.polls.unchanged += 1;
      else {
        report.polls.refused += 1;
        refused.push({ poll: name, kind: 'poll', id: name, reason: reasonOf(error) });
      }
    }
    report.refused.push(...refused);
  }
  return report;
}
