import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from './context.ts';
import type { NounName } from './domain/activity/activity.entity.ts';
import { addEntry, refresh, removeJoin, removeThing } from './domain/activity/activity.record.ts';
import { noticed, notify } from './domain/notification/notice.ts';
import { changes, endings, kinds, nouns } from './kinds.ts';

type Act = (event: EventEnvelope, ctx: Context) => Promise<void>;
type Data = Record<string, string>;

async function hiddenOrRestored({ data }: EventEnvelope, ctx: Context): Promise<void> {
  const { type, id } = data as { type: string; id: string };
  if (Object.hasOwn(nouns, type)) await refresh(ctx, type as NounName, id);
}

const actsOf = <Each>(table: Readonly<Record<string, Each>>, act: (each: Each) => Act): Record<string, Act> =>
  Object.fromEntries(Object.entries(table).map(([type, each]) => [type, act(each)]));

const acts: Readonly<Record<string, Act>> = {
  ...actsOf(kinds, () => (event, ctx) => addEntry(ctx, event)),
  ...actsOf(
    changes,
    ({ noun, id }) =>
      ({ data }, ctx) =>
        refresh(ctx, noun, (data as Data)[id] as string),
  ),
  ...actsOf(
    endings,
    ({ id }) =>
      ({ data }, ctx) =>
        removeThing(ctx, (data as Data)[id] as string),
  ),
  'portal.community.updated': ({ data }, ctx) =>
    refresh(ctx, 'Community', (data as Data).communityId as string, data as Data),
  'portal.membership.ended': (event, ctx) => removeJoin(ctx, event),
};

/** What the feed does about events of others. Each act may be repeated: an entry is named by its event, and all else sets what is so now. */
export const consumers: ConsumerDefinition<Context>[] = [
  {
    // One for all of them: what happens to one thing is told to a consumer in order.
    name: 'feed',
    types: [...Object.keys(acts), '*.content.hidden', '*.content.restored'],
    repeat: (event, ctx) => (acts[event.type] ?? hiddenOrRestored)(event, ctx),
  },
  { name: 'notifications', types: noticed, repeat: (event, ctx) => notify(ctx, event) },
];
