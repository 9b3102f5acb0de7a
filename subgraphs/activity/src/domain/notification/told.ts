import type { Authorizer } from '@polity/kernel/access/authorizer';
import { canSee, type Visibility } from '@polity/kernel/access/visibility';
import type { Content } from '@polity/kernel/duties/content';
import { publishedCatalogue } from '@polity/kernel/events/published';
import type { Context } from '../../context.ts';
import type { NotificationRow } from './notification.entity.ts';

/** What of a notification must be known to tell it. */
export type Tellable = Pick<NotificationRow, 'id' | 'type' | 'objectType' | 'objectId' | 'actorId'>;

/** A notification that its person may be told now, with the title of its thing. */
export interface Told<Each extends Tellable = NotificationRow> {
  row: Each;
  title: string | null;
}

const CONTENT = 'query ThingsOfNotifications($type: String!, $ids: [ID!]!) { _content(type: $type, ids: $ids) }';
const MAX_IDS = 100;
/** Places are no content: whoever belongs, belonged or is asked to may know that, and their names are read by their own rule. */
const PLACES: ReadonlySet<string> = new Set(['Tenant', 'Community', 'Team']);

const publisherOf = (type: string): string => type.slice(0, type.indexOf('.'));
const nounOf = ({ type, objectType }: Tellable): string => `${publisherOf(type)} ${objectType}`;

/** By id, things as their subgraphs have them now; throws where one does not answer. */
export type Things = ReadonlyMap<string, Content>;

async function contentOf({ services }: Context, noun: string, ids: readonly string[]): Promise<Content[]> {
  const [subgraph, type] = noun.split(' ') as [string, string];
  const found: Content[] = [];
  for (let at = 0; at < ids.length; at += MAX_IDS) {
    const asked = { type, ids: ids.slice(at, at + MAX_IDS) };
    found.push(...(await services.call<{ _content: Content[] }>(subgraph, CONTENT, asked))._content);
  }
  return found;
}

/** The things of these notifications, one call for each type and hundred. A type that nobody writes has none, so nothing is told of it. */
export async function thingsOf(ctx: Context, rows: readonly Tellable[], mustAnswer: boolean): Promise<Things> {
  const placed = rows.filter(({ objectType, objectId }) => objectType && objectId && !PLACES.has(objectType));
  const things = new Map<string, Content>();
  for (const [noun, some] of Map.groupBy(placed, nounOf)) {
    try {
      const ids = [...new Set(some.map(({ objectId }) => objectId as string))];
      for (const each of await contentOf(ctx, noun, ids)) things.set(each.id, each);
    } catch (error) {
      if (mustAnswer) throw error;
      ctx.log.warn({ err: error, noun }, 'things of notifications could not be read');
    }
  }
  return things;
}

/** The permissions of a noun are named by it, as in every domain: `portal.post.read`. */
function isSeen(authorizer: Authorizer, row: Tellable, { visibility, hidden, ...rest }: Content): boolean {
  const noun = `${publisherOf(row.type)}.${(row.objectType ?? '').toLowerCase()}`;
  const scopes = authorizer.sees({ read: `${noun}.read`, manage: `${noun}.manage` });
  return canSee(scopes, { ...rest, visibility: visibility as Visibility, isHidden: hidden }, authorizer.viewerId);
}

/** Those of the notifications of which this person may be told at this moment. */
export function tellable<Each extends Tellable>(
  authorizer: Authorizer,
  rows: readonly Each[],
  things: Things,
): Told<Each>[] {
  const { hidden } = authorizer.set.blocks;
  return rows.flatMap((row) => {
    if (row.actorId && hidden.includes(row.actorId)) return [];
    if (!row.objectType || PLACES.has(row.objectType)) return [{ row, title: null }];
    const thing = things.get(row.objectId ?? '');
    return thing && isSeen(authorizer, row, thing) ? [{ row, title: thing.texts.title ?? null }] : [];
  });
}

const MAX_LINE = 500;

/** What is said, in the words of whoever publishes the event. */
export async function lineOf(ctx: Context, { row, title }: Told<Tellable>): Promise<string> {
  const says = publishedCatalogue()[row.type]?.notice?.says ?? row.type;
  const known = says.includes('{actor}') && row.actorId ? await ctx.loaders.nameById.load(row.actorId) : null;
  const said = { '{actor}': known?.displayName ?? 'Somebody', '{title}': title ?? '' };
  return says.replaceAll(/\{actor\}|\{title\}/g, (part) => said[part as keyof typeof said]).slice(0, MAX_LINE);
}
