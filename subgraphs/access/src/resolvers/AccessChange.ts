import type { AccessChangeResolvers } from '../generated/graphql.ts';

export const AccessChange: AccessChangeResolvers = {
  id: ({ seq }) => String(seq),
  user: ({ subjectId }) => (subjectId ? { id: subjectId } : null),
  actor: ({ actorId }) => (actorId ? { id: actorId } : null),
};
