import type { EntityManager } from '@mikro-orm/postgresql';
import { getPlace, mustLive } from '@polity/kernel/access/place';
import { visibilityAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { putOnRoll } from '../elector/roll.ts';
import { addOptions, renderedOptions } from '../option/option.write.ts';
import { Poll } from './poll.entity.ts';
import { pollErrors, WrongStatus } from './poll.errors.ts';
import { pollEvent, pollToPrepare, pollToRun } from './poll.found.ts';
import { checkTogether, newPoll, type PollSettings, pollChanges, settingsOf, withDefaults } from './poll.input.ts';
import { canCreate, codes } from './poll.policy.ts';
import { databaseNow, schedule } from './poll.schedule.ts';

export type NewPoll = z.input<typeof newPoll> & { scope: ScopeRef };

async function checkSchedule(tx: EntityManager, { opensAt, closesAt }: Partial<PollSettings>): Promise<void> {
  if (!opensAt && !closesAt) return;
  const now = await databaseNow(tx);
  const past = Object.entries({ opensAt, closesAt }).filter(([, at]) => at && at <= now);
  if (past.length > 0) throw new InvalidInput(Object.fromEntries(past.map(([name]) => [name, 'is in the past'])));
}

const rendered = async (description: string | null | undefined) =>
  description ? renderMarkdown(description, 'description') : null;

/** Makes a poll: a draft that only its author and those who manage there see. */
export async function create(ctx: Context, { scope, ...input }: NewPoll): Promise<Poll> {
  const { options = [], electors = [], ...given } = checked(newPoll, input);
  const settings = withDefaults(given);
  if (!given.visibility && scope.type === 'TEAM') settings.visibility = 'TEAM';
  checkTogether(settings);
  const place = await getPlace(ctx.access, scope, codes);
  if (!canCreate(await ctx.access.authorizer(), place)) throw new Forbidden();
  mustLive(place);
  const { communityId, teamId } = place;
  const { visibility, ...rest } = settings;
  visibilityAt(scope.type, visibility);
  const [descriptionHtml, written] = [await rendered(settings.description), await renderedOptions(options)];
  return write(
    ctx,
    async (tx) => {
      await checkSchedule(tx, settings);
      const [id, { tenantId, viewer }] = [uuidv7(), ctx];
      const own = { id, tenantId, communityId, teamId, authorId: viewer.id as string, status: 'DRAFT' as const };
      const poll = tx.create(Poll, {
        ...rest,
        ...own,
        descriptionHtml,
        visibility: 'PRIVATE',
        chosenVisibility: visibility,
      });
      await tx.flush();
      await addOptions(tx, poll, written);
      await putOnRoll(tx, poll, electors);
      await schedule(tx, poll);
      await recordEvent(tx, ctx, 'voting.poll.created', pollEvent(poll));
      return poll;
    },
    pollErrors,
  );
}

/** What the settings are after a change: a new method has its own defaults where nothing is said. */
function changed(poll: Poll, given: Partial<PollSettings>): PollSettings {
  const before = settingsOf(poll);
  const { title, method } = { ...before, ...given };
  if (method === poll.method) return { ...before, ...given };
  const { rule, minScore, maxScore, credits } = withDefaults({ ...given, title, method });
  return { ...before, maxChoices: null, threshold: null, ...given, rule, minScore, maxScore, credits };
}

/** Changes a poll that is not open yet. */
export async function update(ctx: Context, id: string, input: z.input<typeof pollChanges>): Promise<Poll> {
  const given = checked(pollChanges, input) as Partial<PollSettings>;
  const authorizer = await ctx.access.authorizer();
  const html = given.description === undefined ? {} : { descriptionHtml: await rendered(given.description) };
  return write(ctx, async (tx) => {
    const poll = await pollToPrepare(tx, authorizer, id);
    const settings = changed(poll, given);
    checkTogether(settings);
    await checkSchedule(tx, given);
    const { visibility: chosenVisibility, ...rest } = settings;
    visibilityAt(poll.scopeRef().type, chosenVisibility);
    poll.edit({ ...rest, ...html }, chosenVisibility, ctx.clock.now());
    await schedule(tx, poll);
    await recordEvent(tx, ctx, 'voting.poll.updated', pollEvent(poll));
    return poll;
  });
}

/** Deletes a poll in which nobody voted, or that was cancelled, and answers it as it was. */
export async function remove(ctx: Context, id: string): Promise<Poll> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const poll = await pollToRun(tx, authorizer, id);
    if (!poll.isPending() && poll.status !== 'CANCELLED')
      throw new WrongStatus(poll, 'What people voted on stays. Cancel the poll, or archive it once it is closed.');
    // Whoever deletes the row tells about it, so that two at once are one deletion.
    if ((await tx.nativeDelete(Poll, { id })) === 0) throw new NotFound('This poll');
    await schedule(tx, { ...poll, status: 'CANCELLED', opensAt: null, closesAt: null });
    await recordEvent(tx, ctx, 'voting.poll.deleted', pollEvent(poll));
    return poll;
  });
}
