import { write } from '@polity/kernel/domain/write';
import type { Acting } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Poll } from '../poll/poll.entity.ts';

const BATCH = 500;
const TOOK_PART = {
  anonymous: `select user_id as id from elector where tenant_id = ? and poll_id = ? and participation = 'VOTED' and user_id > ? order by 1 limit ?`,
  named: `select voter_id as id from ballot where tenant_id = ? and poll_id = ? and invalidated_at is null and voter_id > ? order by 1 limit ?`,
};
const NIL = '00000000-0000-0000-0000-000000000000';
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Where the last batch ended, in the transaction that told of it: what was told is not told again. */
const MARK = 'update poll_count set told_until = ? where tenant_id = ? and id = ?';
const TOLD = 'select told_until as until from poll_count where tenant_id = ? and id = ? for update';

/**
 * Tells who took part in a poll that was counted, never what they voted, in the order of their ids. Safe to repeat: each batch is told in one transaction
 * with the mark up to where it was told. Returns how many.
 */
export async function recordParticipation(acting: Acting, id: string, signal: AbortSignal): Promise<number> {
  const { tenantId } = acting;
  const poll = await acting.em.fork().findOne(Poll, { id });
  if (!poll) return 0;
  const sql = poll.anonymous ? TOOK_PART.anonymous : TOOK_PART.named;
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const told = await write(acting, async (tx) => {
      const [row] = await tx.execute<{ until: string | null }[]>(TOLD, [tenantId, id]);
      if (!row) return 0;
      const people = await tx.execute<{ id: string }[]>(sql, [tenantId, id, row.until ?? NIL, BATCH]);
      // Each is an event of a person's, so that no one order joins them to anything.
      for (const { id: userId } of people)
        await recordEvent(tx, acting, 'voting.participation.recorded', {
          subject: userId,
          data: { pollId: id, userId },
        });
      // At the end the mark names nobody.
      await tx.execute(MARK, [people.length < BATCH ? AFTER_ALL : people.at(-1)?.id, tenantId, id]);
      return people.length;
    });
    total += told;
    if (told < BATCH) return total;
  }
}
