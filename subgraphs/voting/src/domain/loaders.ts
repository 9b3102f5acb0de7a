import { never } from '@polity/kernel/db/sql';
import { loaderBy } from '@polity/kernel/graph/loader';
import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy, rowsBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Ballot } from './ballot/ballot.entity.ts';
import { PollCount } from './count/count.entity.ts';
import { Elector } from './elector/elector.entity.ts';
import { Nomination } from './nomination/nomination.entity.ts';
import { PollOption } from './option/option.entity.ts';
import { Poll } from './poll/poll.entity.ts';
import { seenPolls } from './poll/poll.visibility.ts';

interface Cast {
  id: string;
  cast: number;
}

// People for whom a ballot lies there, of polls of both kinds.
const CAST = `select poll_id as id, count(*)::int as cast from (
    select poll_id from ballot where tenant_id = ? and poll_id = any(?::uuid[]) and invalidated_at is null
    union all select poll_id from elector where tenant_id = ? and poll_id = any(?::uuid[]) and participation <> 'NONE'
  ) as votes group by poll_id`;

const SECONDS = `select nomination_id as id, count(*)::int as cast from nomination_second
  where tenant_id = ? and nomination_id = any(?::uuid[]) group by 1`;

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders(ctx: BaseContext) {
  const { em, access, viewer, tenantId } = ctx;
  const isPerson = viewer.kind === 'user';
  const array = (ids: readonly string[]) => `{${ids.join(',')}}`;
  return {
    pollById: rowBy(em, Poll, 'id', async () => ({ visible: seenPolls(await access.authorizer()) })),
    optionsOf: rowsBy(em, PollOption, 'pollId', () => ({ order: [{ column: 't.position', direction: 'asc' }] })),
    countById: rowBy(em, PollCount, 'id'),
    viewerBallot: rowBy(em, Ballot, 'pollId', () => ({ where: [isPerson ? { voterId: viewer.id } : never] })),
    viewerElector: rowBy(em, Elector, 'pollId', () => ({ where: [isPerson ? { userId: viewer.id } : never] })),
    viewerNomination: rowBy(em, Nomination, 'pollId', () => ({ where: [isPerson ? { nomineeId: viewer.id } : never] })),
    castOf: loaderBy(
      (ids: readonly string[]) => em.execute<Cast[]>(CAST, [tenantId, array(ids), tenantId, array(ids)]),
      (row) => row.id,
    ),
    secondsOf: loaderBy(
      (ids: readonly string[]) => em.execute<Cast[]>(SECONDS, [tenantId, array(ids)]),
      (row) => row.id,
    ),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
