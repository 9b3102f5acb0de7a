import type { EntityManager } from '@mikro-orm/postgresql';
import type { NewOption } from '../option/option.write.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { Nomination } from './nomination.entity.ts';

/** Those who stand, as options, in the order in which they were nominated. */
export async function standing(tx: EntityManager, { id, nominationApproval }: PollRow): Promise<NewOption[]> {
  const nominations = await tx.find(Nomination, { pollId: id }, { orderBy: { id: 'asc' } });
  return nominations
    .filter((nomination) => nomination.stands(nominationApproval))
    .map(({ title, statement: description, statementHtml: descriptionHtml, nomineeId, imageFile = null }) => ({
      ...{ title, description, descriptionHtml, nomineeId, imageFile },
    }));
}
