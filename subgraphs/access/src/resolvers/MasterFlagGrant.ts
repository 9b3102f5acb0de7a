import type { MasterFlagGrantResolvers } from '../generated/graphql.ts';

export const MasterFlagGrant: MasterFlagGrantResolvers = {
  user: ({ subjectId }) => ({ id: subjectId }),
  grantedBy: ({ grantedBy }) => (grantedBy ? { id: grantedBy } : null),
};
