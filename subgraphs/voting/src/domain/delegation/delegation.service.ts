import type { EntityManager } from '@mikro-orm/postgresql';
import { getPlace, mustLive } from '@polity/kernel/access/place';
import { scopeOfRow } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked, line } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { canonicalId, isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { canDelegate, codes } from '../poll/poll.policy.ts';
import { Delegation, type DelegationRow } from './delegation.entity.ts';

/** Delegates one after the other, at most: whoever delegates should see where their vote ends. */
const MAX_DEPTH = 20;

const delegationInput = z.object({ delegateId: z.string(), topic: line(60).nullish() });
export type DelegationInput = z.input<typeof delegationInput> & { scope: ScopeRef };

// One after the other at each scope, so that two who name each other at once do not both succeed.
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 4105))';

// Where the chain from somebody leads: a topic's delegation before the one for all.
const CHAIN = `with recursive chosen as (
    select distinct on (delegator_id) delegator_id, delegate_id from delegation
    where tenant_id = ? and scope_id = ? and topic in (?, '') order by delegator_id, topic desc
  ), chain as (
    select ?::uuid as person, 0 as depth
    union all select c.delegate_id, chain.depth + 1 from chain join chosen c on c.delegator_id = chain.person where chain.depth <= ${MAX_DEPTH}
  ) select person, depth from chain order by depth`;

interface Link {
  person: string;
  depth: number;
}

/** Under which delegations a chain is followed. */
type Under = Pick<DelegationRow, 'tenantId' | 'scopeId' | 'topic'>;

/** Who votes in the end for somebody as things stand: the people of the chain, oneself left out. */
async function chainFrom(em: EntityManager, { tenantId, scopeId, topic }: Under, from: string): Promise<Link[]> {
  const links = await em.execute<Link[]>(CHAIN, [tenantId, scopeId, topic, from]);
  return links.slice(1);
}

/** Throws Conflict where the chain of a delegation comes back to who gave it, under its topic or, where it is for all, under any. */
async function checkChain(tx: EntityManager, delegation: Delegation): Promise<void> {
  const { tenantId, scopeId, topic, delegatorId } = delegation;
  const others = await tx.execute<{ topic: string }[]>(
    `select distinct topic from delegation where tenant_id = ? and scope_id = ? and topic <> '' limit 500`,
    [tenantId, scopeId],
  );
  const topics = topic === '' ? ['', ...others.map((each) => each.topic)] : [topic];
  for (const each of topics) {
    const chain = await chainFrom(tx, { tenantId, scopeId, topic: each }, delegatorId);
    if (chain.some(({ person }) => person === delegatorId))
      throw new Conflict('This would come back to you: they let you vote for them.', { reason: 'DELEGATION_CYCLE' });
    if (chain.length > MAX_DEPTH)
      throw new Conflict(`More than ${MAX_DEPTH} people would delegate in a row.`, { reason: 'DELEGATION_TOO_DEEP' });
  }
}

const event = (delegation: DelegationRow | Delegation) => {
  const { delegatorId, topic } = delegation;
  const { type: scopeType, id: scopeId } = scopeOfRow(delegation);
  return { delegatorId, scopeType, scopeId, topic };
};

/** Lets somebody vote for the viewer at a scope, on one topic or on all. Throws NotFound, Forbidden, Conflict, InvalidInput. */
export async function set(ctx: Context, { scope, ...input }: DelegationInput): Promise<Delegation> {
  const { delegateId: given, topic: named } = checked(delegationInput, input);
  const [delegatorId, delegateId, topic] = [ctx.viewer.id as string, canonicalId(given), named ?? ''];
  const place = await getPlace(ctx.access, scope, codes);
  if (!canDelegate(await ctx.access.authorizer(), place)) throw new Forbidden();
  mustLive(place);
  if (delegateId === delegatorId) throw new InvalidInput({ delegateId: 'is you' });
  const other = isUuid(delegateId) ? await ctx.accessOf(delegateId).authorizer() : null;
  if (!other || !canDelegate(other.quiet, place)) throw new NotFound('This person');
  const { communityId, teamId } = place;
  return write(ctx, async (tx) => {
    await tx.execute(LOCK, [scope.id]);
    const there = await tx.findOne(Delegation, { scopeId: scope.id, topic, delegatorId });
    const own = { tenantId: ctx.tenantId, communityId, teamId, scopeId: scope.id, topic, delegatorId };
    const delegation = there ?? tx.create(Delegation, { id: uuidv7(), ...own, delegateId });
    const isNew = !there || there.delegateId !== delegateId;
    delegation.delegateId = delegateId;
    await tx.flush();
    await checkChain(tx, delegation);
    if (isNew)
      await recordEvent(tx, ctx, 'voting.delegation.set', {
        subject: delegation.id,
        data: { ...event(delegation), delegateId },
      });
    return delegation;
  });
}

/** Takes a delegation of the viewer's back and answers it as it was. Throws NotFound. */
export async function remove(ctx: Context, id: string): Promise<Delegation> {
  return write(ctx, async (tx) => {
    const delegation = isUuid(id) ? await tx.findOne(Delegation, { id, delegatorId: ctx.viewer.id as string }) : null;
    if (!delegation || (await tx.nativeDelete(Delegation, { id })) === 0) throw new NotFound('This delegation');
    await recordEvent(tx, ctx, 'voting.delegation.removed', { subject: id, data: event(delegation) });
    return delegation;
  });
}

/** Whom the viewer lets vote for them, newest first. */
export async function ofViewer(
  ctx: Context,
  { scope, ...args }: ConnectionArgs & { scope?: ScopeRef | null },
): Promise<Connection<DelegationRow>> {
  const where = { delegatorId: ctx.viewer.id, ...(scope && { scopeId: scope.id }) };
  return pageOf(ctx.em, Delegation, { list: 'delegations', args, order: newestFirst, where });
}

/** The people who vote for the viewer as things stand, the nearest first. */
export async function chainOf(ctx: Context, delegation: DelegationRow): Promise<{ id: string }[]> {
  const chain = await chainFrom(ctx.em, delegation, delegation.delegatorId);
  return chain.map(({ person }) => ({ id: person }));
}
