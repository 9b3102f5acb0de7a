import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';

const READABLE =
  'query ReadableActivity($viewerId: ID, $userIds: [ID!]!) { _readableActivity(viewerId: $viewerId, userIds: $userIds) }';

/** The people of whom the viewer may read what they did, as they chose in their profiles, in one call; nobody but the viewer while profiles is away. */
export function readableLoader({ services, viewer, log }: BaseContext): Loader<string, { id: string } | null> {
  const viewerId = viewer.kind === 'user' ? viewer.id : null;
  async function fetch(userIds: readonly string[]): Promise<{ id: string }[]> {
    const others = userIds.filter((id) => id !== viewerId);
    const own = userIds.filter((id) => id === viewerId).map((id) => ({ id }));
    if (others.length === 0) return own;
    try {
      const variables = { viewerId, userIds: others };
      const found = await services.call<{ _readableActivity: string[] }>('profiles', READABLE, variables);
      return [...own, ...found._readableActivity.map((id) => ({ id }))];
    } catch (error) {
      log.warn({ err: error }, 'who may read what people did could not be asked');
      return own;
    }
  }
  return loaderBy(fetch, ({ id }) => id, { maxBatchSize: 1_000 });
}
