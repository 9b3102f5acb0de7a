import { findPlace } from '@polity/kernel/access/place';
import { canSee, type Visibility } from '@polity/kernel/access/visibility';
import type { Content } from '@polity/kernel/duties/content';
import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { nouns } from '../../kinds.ts';
import type { NounName } from '../activity/activity.entity.ts';

/** A thing of which an entry speaks, as it is at this moment; only for who may see it. */
export interface Thing {
  id: string;
  title: string | null;
}

const CONTENT = 'query ThingsOfFeed($type: String!, $ids: [ID!]!) { _content(type: $type, ids: $ids) }';
/** What one call of `_content` answers at most. */
const MAX_IDS = 100;

/** Things of a type as their subgraph has them now, whoever may see them. */
export async function contentOf(
  { services }: Pick<BaseContext, 'services'>,
  noun: NounName,
  ids: readonly string[],
): Promise<Content[]> {
  const { content: subgraph } = nouns[noun];
  if (subgraph === null) return [];
  const { _content: found } = await services.call<{ _content: Content[] }>(subgraph, CONTENT, { type: noun, ids });
  return found;
}

async function seenContent(ctx: BaseContext, ids: readonly string[], noun: NounName): Promise<Thing[]> {
  const authorizer = await ctx.access.authorizer();
  const scopes = authorizer.sees(nouns[noun]);
  const found = await contentOf(ctx, noun, ids);
  const isSeen = ({ visibility, hidden, ...row }: Content) =>
    canSee(scopes, { ...row, visibility: visibility as Visibility, isHidden: hidden }, authorizer.viewerId);
  return found.filter(isSeen).map(({ id, texts }) => ({ id, title: texts.title ?? null }));
}

async function seenCommunities(ctx: BaseContext, ids: readonly string[]): Promise<Thing[]> {
  const places = await Promise.all(ids.map((id) => findPlace(ctx.access, { type: 'COMMUNITY', id }, nouns.Community)));
  return places.flatMap((place) => (place?.communityId ? [{ id: place.communityId, title: null }] : []));
}

/**
 * The things of entries, asked of whom they belong to at the moment of reading, one call for each type: what the viewer may not see is null, also where the feed
 * has not heard of the change yet. While a subgraph is away its things are null, and its entries left out.
 */
export function thingLoader(ctx: BaseContext, noun: NounName): Loader<string, Thing | null> {
  const read = nouns[noun].content === null ? seenCommunities : seenContent;
  const fetch = async (ids: readonly string[]) => {
    try {
      return await read(ctx, ids, noun);
    } catch (error) {
      ctx.log.warn({ err: error, noun }, 'things of the feed could not be read');
      return [];
    }
  };
  return loaderBy(fetch, ({ id }) => id, { maxBatchSize: MAX_IDS });
}
