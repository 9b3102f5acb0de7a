import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';

interface Named {
  id: string;
  displayName: string;
}

const NAMES =
  'query NamesOfFeed($people: [_Any!]!) { _entities(representations: $people) { ... on User { id displayName } } }';

/** Names of people, in one call; null for whom there is none, and for all while identity is away. */
export function nameLoader({ services, log }: BaseContext): Loader<string, Named | null> {
  const fetch = async (ids: readonly string[]) => {
    const people = ids.map((id) => ({ __typename: 'User', id }));
    try {
      const { _entities: found } = await services.call<{ _entities: (Named | null)[] }>('identity', NAMES, { people });
      return found.filter((each) => each !== null);
    } catch (error) {
      log.warn({ err: error }, 'names of the feed could not be read');
      return [];
    }
  };
  return loaderBy(fetch, ({ id }) => id, { maxBatchSize: 100 });
}
