import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { together } from '@polity/kernel/domain/acts-together';
import { write } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvents } from '../../events.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { nameless } from './anonymous.service.ts';
import { type BallotView, shownVote } from './ballot.view.ts';
import { type Casting, type Standing, standingsIn } from './casting.ts';
import { makeReceipt, type Receipt, receiptText } from './receipt.ts';

// Ballots that come into one poll at the same time go in together, in one transaction, in so many statements as one alone would take. It takes the plain
// ones: who changes an anonymous ballot, repeats a try, votes for others or may not vote is left to the verbs for one ballot, which also say why.

/** Somebody who votes, by the request with which they do. */
interface Asked {
  ctx: Context;
  casting: Casting;
}

type Lot = readonly [Asked, ...Asked[]];
type Done = Map<Asked, BallotView>;

/** Ballots of one transaction. */
const MOST = 64;

/** Somebody of the lot who stands on the roll of the open poll. */
interface Stands extends Asked {
  asked: Asked;
  standing: Standing;
}

/** The first ballot of each voter who stands there; locks the poll as it is until the transaction ends. */
async function standingOf(tx: EntityManager, lot: Lot): Promise<Stands[]> {
  const firsts = new Map(lot.toReversed().map((asked) => [asked.casting.voterId, asked]));
  const standings = await standingsIn(tx, lot[0].casting.poll, [...firsts.keys()]);
  return [...firsts].flatMap(([voterId, asked]) => {
    const standing = standings.get(voterId);
    return standing ? [{ ...asked, asked, standing }] : [];
  });
}

const receiptOf = ({ casting, standing: { pollKey } }: Stands, unit: number): Receipt => {
  const { poll, voterId, content, idempotencyKey } = casting;
  return makeReceipt({ pollKey, voterId, idempotencyKey, unit }, poll.id, content);
};

// In the order of voters, so that two lots never wait for each other.
const CAST = `insert into ballot as there (id, created_at, tenant_id, poll_id, voter_id, weight, content, hash, cast_at, idempotency_key)
  select each.id, ?, ?, ?, each.voter_id, each.weight, each.content, each.hash, ?, each.idempotency_key
  from jsonb_to_recordset(?::jsonb) as each(id uuid, voter_id uuid, weight int, content jsonb, hash text, idempotency_key text) order by each.voter_id
  on conflict on constraint ballot_one_per_voter do update set content = excluded.content, hash = excluded.hash, cast_at = excluded.cast_at,
    idempotency_key = excluded.idempotency_key
  where ? and there.invalidated_at is null
    and (excluded.idempotency_key is null or there.idempotency_key is distinct from excluded.idempotency_key)
  returning id, voter_id as "voterId", xmax <> 0 as changed`;

/** Casts ballots with names, or replaces those that are there. */
async function castNamed(lot: Lot): Promise<Done> {
  const { ctx, casting } = lot[0];
  const { id: pollId, tenantId, allowsChange } = casting.poll;
  return write(ctx, async (tx) => {
    const standing = await standingOf(tx, lot);
    const [now] = standing.map((each) => each.standing.now);
    if (!now) return new Map();
    const ballots = new Map(standing.map((each) => [each.casting.voterId, { each, receipt: receiptOf(each, 0) }]));
    const rows = [...ballots].map(([voterId, { each, receipt }]) => ({
      ...{ id: uuidv7(), voter_id: voterId, weight: each.standing.weight, hash: receipt.hash },
      ...{ content: each.casting.content, idempotency_key: each.casting.idempotencyKey },
    }));
    const params = [now, tenantId, pollId, now, JSON.stringify(rows), allowsChange];
    const cast = await tx.execute<{ id: string; voterId: string; changed: boolean }[]>(CAST, params);
    const done = cast.flatMap((row) => {
      const ballot = ballots.get(row.voterId);
      return ballot ? [{ ...row, ...ballot }] : [];
    });
    await recordEvents(
      tx,
      done.map(({ id, voterId, changed, each }) => ({
        ...{ cause: each.ctx.cause, type: 'voting.vote.cast', subject: id },
        data: { pollId, anonymous: false, voterId, changed },
      })),
    );
    const nothing = { invalidatedAt: null, invalidReason: null };
    return new Map(
      done.map(({ id, voterId, each, receipt }) => {
        const {
          standing: { weight },
          casting: { content },
        } = each;
        const shown = { weight, castAt: now, content, receipt: receiptText([receipt]) };
        return [each.asked, { id, pollId, voterId, ...shown, ...nothing }];
      }),
    );
  });
}

const DELEGATES = `select distinct delegate_id as id from delegation where tenant_id = ? and scope_id = ? and topic in (?, '') and delegate_id = any(?::uuid[])`;
const MARK = `update elector set participation = 'VOTED' where tenant_id = ? and id = any(?::uuid[]) and participation = 'NONE' returning id`;
// In an order of chance, as are the ids: neither says who came when.
const PUT = `insert into box_ballot (id, tenant_id, poll_id, content, hash)
  select each.id, ?, ?, each.content, each.hash from jsonb_to_recordset(?::jsonb) as each(id uuid, content jsonb, hash text) order by each.id`;

const ids = (list: readonly string[]) => `{${list.join(',')}}`;

/** Those who vote for themselves alone: nobody delegates to them, and no delegate voted for them. */
async function plain(tx: EntityManager, poll: PollRow, standing: readonly Stands[]): Promise<Stands[]> {
  const fresh = standing.filter((each) => each.standing.participation === 'NONE');
  const asked = [poll.tenantId, poll.scopeRef().id, poll.topic ?? '', ids(fresh.map(({ casting }) => casting.voterId))];
  const delegates = new Set((await tx.execute<{ id: string }[]>(DELEGATES, asked)).map(({ id }) => id));
  return fresh.filter(({ casting }) => !delegates.has(casting.voterId));
}

/** Casts ballots without names. */
async function castNameless(lot: Lot): Promise<Done> {
  const { ctx, casting } = lot[0];
  const { poll } = casting;
  return write(ctx, async (tx) => {
    const standing = await plain(tx, poll, await standingOf(tx, lot));
    if (standing.length === 0) return new Map();
    const electors = ids(standing.map((each) => each.standing.electorId));
    const marked = new Set((await tx.execute<{ id: string }[]>(MARK, [poll.tenantId, electors])).map(({ id }) => id));
    const cast = standing
      .filter((each) => marked.has(each.standing.electorId))
      .map((each) => ({
        each,
        receipts: Array.from({ length: each.standing.weight }, (_, unit) => receiptOf(each, unit)),
      }));
    const ballots = cast.flatMap(({ each, receipts }) =>
      receipts.map(({ hash }) => ({ id: randomUUID(), content: each.casting.content, hash })),
    );
    await tx.execute(PUT, [poll.tenantId, poll.id, JSON.stringify(ballots)]);
    await recordEvents(
      tx,
      cast.map(() => {
        const { by, subject, data } = nameless(poll);
        return { cause: by.cause, type: 'voting.vote.cast', subject, data: { ...data, changed: false } };
      }),
    );
    return new Map(
      cast.map(({ each, receipts }) => {
        const {
          standing: { electorId: id },
          casting: { voterId: userId },
        } = each;
        return [each.asked, shownVote({ id, pollId: poll.id, userId }, receiptText(receipts))];
      }),
    );
  });
}

const named = together(castNamed, MOST);
const without = together(castNameless, MOST);

/** Casts a ballot with others that come at the same time; undefined where it is one for the verb of one ballot. */
export async function castWithOthers(ctx: Context, casting: Casting): Promise<BallotView | undefined> {
  const { poll, receipt } = casting;
  if (poll.anonymous && receipt !== null) return undefined;
  const done = await (poll.anonymous ? without : named)(poll.id, { ctx, casting });
  ctx.forget();
  return done;
}
