import type { ActivityObjectResolvers } from '../generated/graphql.ts';

type Named = 'Community' | 'Team' | 'Post' | 'Poll' | 'Event';

export const ActivityObject: ActivityObjectResolvers = {
  __resolveType: ({ __typename }) => __typename as Named,
};
