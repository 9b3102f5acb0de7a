import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { NotFound } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { pollErrors, WrongStatus } from '../poll/poll.errors.ts';
import { pollEvent, pollToPrepare, pollToRun } from '../poll/poll.found.ts';
import { optionInput } from '../poll/poll.input.ts';
import { PollOption } from './option.entity.ts';
import { addOptions, renderedOptions } from './option.write.ts';

/** Adds something to vote for, after what is there. */
export async function add(ctx: Context, pollId: string, input: z.input<typeof optionInput>): Promise<PollOption> {
  const written = await renderedOptions([checked(optionInput, input)]);
  const authorizer = await ctx.access.authorizer();
  return write(
    ctx,
    async (tx) => {
      const poll = await pollToPrepare(tx, authorizer, pollId);
      const [option] = await addOptions(tx, poll, written);
      await recordEvent(tx, ctx, 'voting.poll.updated', pollEvent(poll));
      return option as PollOption;
    },
    pollErrors,
  );
}

/** Takes an option out of a poll that is not open yet, and answers it as it was. Throws NotFound, Forbidden, WrongStatus. */
export async function remove(ctx: Context, id: string): Promise<PollOption> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const option = isUuid(id) ? await tx.findOne(PollOption, { id }) : null;
    if (!option) throw new NotFound('This option');
    const poll = await pollToRun(tx, authorizer, option.pollId).catch((error: unknown) => {
      // The option of a poll that is hidden is as missing as one that nobody has.
      throw error instanceof NotFound ? new NotFound('This option') : error;
    });
    if (!poll.isPending()) throw new WrongStatus(poll, 'This poll can no longer be changed.');
    if ((await tx.nativeDelete(PollOption, { id })) === 0) throw new NotFound('This option');
    await recordEvent(tx, ctx, 'voting.poll.updated', pollEvent(poll));
    return option;
  });
}
