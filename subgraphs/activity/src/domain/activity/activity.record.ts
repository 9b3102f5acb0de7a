import type { EntityManager } from '@mikro-orm/postgresql';
import { placeIn } from '@polity/kernel/access/place';
import { OPEN, scopeIndex } from '@polity/kernel/access/tree';
import type { Visibility } from '@polity/kernel/access/visibility';
import { write } from '@polity/kernel/domain/write';
import type { Content } from '@polity/kernel/duties/content';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { type Kind, kinds, nouns } from '../../kinds.ts';
import { contentOf } from '../thing/thing.ts';
import type { NounName } from './activity.entity.ts';
import { Activity } from './activity.entity.ts';

type Data = Record<string, unknown>;

/** What an entry keeps of its thing: where it is and who may see it. */
interface Standing {
  ownerId: string | null;
  communityId: string | null;
  teamId: string | null;
  visibility: Visibility;
  hidden: boolean;
}

const idIn = (data: Data, field: string): string | null => (isUuid(data[field]) ? (data[field] as string) : null);

const standingOf = ({ authorId: ownerId, communityId, teamId, visibility, hidden }: Content): Standing => ({
  ownerId,
  communityId,
  teamId,
  visibility: visibility as Visibility,
  hidden,
});

/**
 * Who may know of a community: what its founding entry says, which follows each change; without one the tree of scopes, as the person of the event sees it, and
 * else its members only.
 */
async function communityStanding(ctx: Context, id: string, { visibility }: Data, personId: string | null) {
  const at = { ownerId: null, communityId: id, teamId: null, hidden: false };
  if (typeof visibility === 'string') return { ...at, visibility: openOr(visibility === 'PUBLIC') };
  const founded = await ctx.em.findOne(Activity, { objectId: id, type: 'portal.community.created' });
  if (founded) return { ...at, visibility: founded.visibility };
  const tree = personId ? await ctx.accessOf(personId).tree() : null;
  const place = tree && placeIn(tree, { type: 'COMMUNITY', id });
  const isOpen = tree && place ? ((tree.states[scopeIndex(tree, place.scope)] as number) & OPEN) > 0 : false;
  return { ...at, visibility: openOr(isOpen) };
}

const openOr = (isOpen: boolean): Visibility => (isOpen ? 'PUBLIC' : 'COMMUNITY');

async function standing(ctx: Context, noun: NounName, id: string, data: Data, personId: string | null) {
  if (nouns[noun].content === null) return communityStanding(ctx, id, data, personId);
  const [found] = await contentOf(ctx, noun, [id]);
  return found ? standingOf(found) : null;
}

/** Entries of one key are one group: the same happened to the same thing on the same day. */
const groupKeyOf = ({ groups }: Kind, type: string, objectId: string, time: string): string | null =>
  groups ? `${type}:${objectId}:${time.slice(0, 10)}` : null;

const LOCK_GROUP = 'select pg_advisory_xact_lock(hashtextextended(?, 4109))';
const SETTLE_GROUP = `update activity as t set is_head = newest.id = t.id
  from (select id from activity where tenant_id = ? and group_key = ? order by id desc limit 1) as newest
  where t.tenant_id = ? and t.group_key = ? and t.is_head <> (newest.id = t.id)`;

/** Has the newest entry stand for its group. Two at once wait for each other, or both would. */
async function settleGroup(tx: EntityManager, tenantId: string, key: string): Promise<void> {
  await tx.execute(LOCK_GROUP, [key]);
  await tx.execute(SETTLE_GROUP, [tenantId, key, tenantId, key]);
}

const INSERT = `insert into activity (id, created_at, tenant_id, type, object_type, object_id, actor_id, owner_id, community_id, team_id,
    visibility, hidden_at, occurred_at, group_key, is_head)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing returning id`;

const REFRESH = `update activity set owner_id = ?, community_id = ?, team_id = ?, visibility = ?,
    hidden_at = case when ?::boolean then coalesce(hidden_at, ?) end
  where tenant_id = ? and object_id = ? and object_type = ?`;

/** Has all entries of a thing be for those for whom it is. */
async function settleThing(tx: EntityManager, ctx: Context, noun: NounName, id: string, found: Standing) {
  const { ownerId, communityId, teamId, visibility, hidden } = found;
  const at = [ownerId, communityId, teamId, visibility, hidden, ctx.clock.now()];
  await tx.execute(REFRESH, [...at, ctx.tenantId, id, noun]);
}

interface NewEntry extends Standing {
  objectId: string;
  actorId: string | null;
}

async function insert(ctx: Context, event: EventEnvelope, kind: Kind, entry: NewEntry): Promise<void> {
  const { tenantId, clock } = ctx;
  const { objectId, actorId, ownerId, communityId, teamId, visibility, hidden } = entry;
  const group = groupKeyOf(kind, event.type, objectId, event.time);
  const now = clock.now();
  const place = [ownerId, communityId, teamId, visibility, hidden ? now : null];
  const named = [event.id, now, tenantId, event.type, kind.noun, objectId, actorId];
  await write(ctx, async (tx) => {
    const added = await tx.execute<unknown[]>(INSERT, [...named, ...place, event.time, group, group === null]);
    if (added.length === 0) return;
    if (group) await settleGroup(tx, tenantId, group);
    // A poll is no draft any more once it opens, so what was told of it before is for others now.
    if (nouns[kind.noun].content) await settleThing(tx, ctx, kind.noun, objectId, entry);
    const data = { activityId: event.id, type: event.type, tenantId, communityId, teamId };
    await recordEvent(tx, ctx, 'activity.entry.created', { subject: event.id, data });
  });
}

/** Makes the entry of an event, once however often it comes; none where its thing is gone already. */
export async function addEntry(ctx: Context, event: EventEnvelope): Promise<void> {
  const kind = kinds[event.type];
  const data = event.data as Data;
  const objectId = kind && idIn(data, kind.id);
  if (!kind || !objectId || (kind.unless && data[kind.unless] != null)) return;
  const named = typeof kind.actor === 'object' ? idIn(data, kind.actor.field) : null;
  const found = await standing(ctx, kind.noun, objectId, data, named);
  if (!found) return;
  const actorId = kind.actor === 'author' ? found.ownerId : named;
  await insert(ctx, event, kind, { ...found, objectId, actorId });
}

/** Has the entries of a thing be for those for whom it is now, and gone where it is. */
export async function refresh(ctx: Context, noun: NounName, id: string, data: Data = {}): Promise<void> {
  const found = await standing(ctx, noun, id, data, null);
  if (!found) return removeThing(ctx, id);
  await write(ctx, async (tx) => settleThing(tx, ctx, noun, id, found));
}

/** Removes the entries of a thing that is gone. */
export async function removeThing(ctx: Context, id: string): Promise<void> {
  await write(ctx, async (tx) => {
    await tx.nativeDelete(Activity, { objectId: id, tenantId: ctx.tenantId });
  });
}

const REMOVE_JOINS = `delete from activity where tenant_id = ? and object_id = ? and actor_id = ? and type = ? and occurred_at <= ?
  returning group_key as key`;

/** Removes that somebody joined, once they left. */
export async function removeJoin(ctx: Context, { data, time }: EventEnvelope): Promise<void> {
  const { communityId, userId } = data as { communityId: string; userId: string };
  await write(ctx, async (tx) => {
    const gone = await tx.execute<{ key: string }[]>(REMOVE_JOINS, [
      ...[ctx.tenantId, communityId, userId],
      ...['portal.membership.activated', time],
    ]);
    // In one order, so that two at once do not wait for each other in a circle.
    for (const { key } of gone.toSorted((a, b) => (a.key < b.key ? -1 : 1))) await settleGroup(tx, ctx.tenantId, key);
  });
}
