import { peopleShown } from '@polity/kernel/access/blocks';
import { sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { oldestFirst } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { canRun } from '../poll/poll.policy.ts';
import { Nomination, type NominationRow } from './nomination.entity.ts';

/** Nominations of a poll, oldest first. One that was declined or rejected is shown to whoever it is about, who made it and who runs the poll. */
export async function ofPoll(ctx: Context, poll: PollRow, args: ConnectionArgs): Promise<Connection<NominationRow>> {
  const viewerId = ctx.viewer.kind === 'user' ? ctx.viewer.id : null;
  const authorizer = await ctx.access.authorizer();
  const runs = viewerId !== null && canRun(authorizer.quiet, poll);
  const people = ['t.nominee_id', 't.nominated_by'].map((column) => peopleShown(authorizer, column, runs));
  const open = sql(
    `(t.status in ('PROPOSED', 'ACCEPTED', 'APPROVED') or t.nominee_id = ?::uuid or t.nominated_by = ?::uuid)`,
    viewerId,
    viewerId,
  );
  const list = { list: 'poll.nominations', entity: Nomination, parent: 't.poll_id', order: oldestFirst };
  return ctx.loaders.pages<Nomination>({ ...list, where: runs ? people : [open, ...people] }, poll.id, args);
}
