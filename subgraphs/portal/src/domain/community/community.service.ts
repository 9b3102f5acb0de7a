import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { bindRole, grantLast } from '@polity/kernel/access/mirror';
import type { RowRef } from '@polity/kernel/db/row';
import { readRow } from '@polity/kernel/db/rows';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput, NotFound, RateLimited } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { mustStillBelong, takeTurn } from '../membership/departure.ts';
import { CommunityMembership } from '../membership/membership.entity.ts';
import { Community, type CommunityRow } from './community.entity.ts';
import { slugErrors } from './community.errors.ts';
import { communityChanges, newCommunity } from './community.input.ts';
import { describe, describeAgain } from './community.mirror.ts';
import { canArchive, canCreate, canUpdate } from './community.policy.ts';
import { seenCommunities } from './community.visibility.ts';

const NOUN = 'This community';

const event = (community: Community) => ({ communityId: community.id, visibility: community.visibility });

/** The community for a verb that changes something; hidden and missing give the same NotFound. */
export const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Community> =>
  getVisible(tx, Community, { id, visible: seenCommunities(authorizer), noun: NOUN });

export async function find(
  ctx: Context,
  { id, slug }: { id?: string | null; slug?: string | null },
): Promise<CommunityRow | null> {
  if ((id == null) === (slug == null)) throw new InvalidInput({ id: 'give either id or slug' });
  if (id != null) return ctx.loaders.communityById.load(id);
  return readRow(ctx.em, Community, { where: [{ slug }], visible: seenCommunities(await ctx.access.authorizer()) });
}

/** The community of something that the viewer sees, which they therefore see as well. */
export async function of(ctx: Context, community: RowRef<Community>): Promise<CommunityRow> {
  const found = community.isInitialized() ? community.unwrap() : await ctx.loaders.communityById.load(community.id);
  if (!found) throw new NotFound(NOUN);
  return found;
}

export async function create(ctx: Context, input: z.input<typeof newCommunity>): Promise<Community> {
  const fields = checked(newCommunity, input);
  if (!canCreate(await ctx.access.authorizer())) throw new Forbidden();
  const community = await write(ctx, (tx) => establish(tx, ctx, fields), slugErrors(fields));
  await grantLast(ctx, () => mirrorFounding(ctx, community));
  return community;
}

/** Communities that one person may found per hour. Each is a scope that the access of everybody in the tenant is compiled with. */
const FOUNDED_PER_HOUR = 100;
const HOUR_MS = 3_600_000;
const ALONE = 'select pg_advisory_xact_lock(hashtextextended(?::text || ?::text, 4))';

async function mustNotFlood(tx: EntityManager, ctx: Context): Promise<void> {
  const createdAt = { $gt: new Date(ctx.clock.nowMs() - HOUR_MS) };
  // Whoever founds several at once founds them one after the other, so that each counts those before it.
  await tx.execute(ALONE, [ctx.tenantId, ctx.viewer.id]);
  const founded = { userId: ctx.viewer.id as string, roleKey: 'portal.owner', createdAt } as const;
  if ((await tx.count(CommunityMembership, founded)) >= FOUNDED_PER_HOUR) throw new RateLimited(HOUR_MS / 1_000);
}

async function establish(tx: EntityManager, ctx: Context, fields: z.output<typeof newCommunity>): Promise<Community> {
  const { tenantId } = ctx;
  const userId = ctx.viewer.id as string;
  await takeTurn(tx, tenantId, userId);
  await mustNotFlood(tx, ctx);
  const community = tx.create(Community, { id: uuidv7(), tenantId, ...fields });
  await tx.flush();
  tx.create(CommunityMembership, {
    id: uuidv7(),
    tenantId,
    community,
    userId,
    status: 'ACTIVE',
    roleKey: 'portal.owner',
    createdAt: ctx.clock.now(),
    joinedAt: ctx.clock.now(),
  });
  await recordEvent(tx, ctx, 'portal.community.created', {
    subject: community.id,
    data: { ...event(community), ownerId: userId },
  });
  await describeLater(tx, ctx, community);
  await mustStillBelong(ctx, userId, canCreate);
  return community;
}

async function mirrorFounding(ctx: Context, { id }: Community): Promise<void> {
  await write(ctx, (tx) => describeAgain(tx, ctx, id));
  await bindRole(ctx, { userId: ctx.viewer.id as string, scope: { type: 'COMMUNITY', id }, roleKey: 'portal.owner' });
}

/** Has access told by a job what the verb may be kept from telling it. */
async function describeLater(tx: EntityManager, ctx: Context, { id, tenantId }: Community): Promise<void> {
  await enqueueJob(tx, { job: 'describe-community', key: id, tenantId, at: ctx.clock.now() });
}

export async function update(ctx: Context, id: string, input: z.input<typeof communityChanges>): Promise<Community> {
  const changes = checked(communityChanges, input);
  const authorizer = await ctx.access.authorizer();
  const act = async (tx: EntityManager) => {
    const community = await get(tx, authorizer, id);
    if (!canUpdate(authorizer, community)) throw new Forbidden();
    const wasOpen = community.visibility === 'PUBLIC';
    community.change(changes);
    await tx.flush();
    if (wasOpen && community.visibility !== 'PUBLIC') await describe(ctx, community);
    if (!wasOpen && community.visibility === 'PUBLIC') await describeLater(tx, ctx, community);
    await recordEvent(tx, ctx, 'portal.community.updated', { subject: id, data: event(community) });
    return community;
  };
  return write(ctx, act, slugErrors(changes));
}

export async function archive(ctx: Context, id: string): Promise<Community> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const community = await get(tx, authorizer, id);
    if (!canArchive(authorizer, community)) throw new Forbidden();
    if (community.archivedAt) return community;
    community.archive(ctx.clock.now());
    await tx.flush();
    await describe(ctx, community);
    await recordEvent(tx, ctx, 'portal.community.archived', { subject: id, data: event(community) });
    return community;
  });
}
