import { numberedId } from '@polity/kernel/ids';
import type { AccessChangeResolvers } from '../generated/graphql.ts';

export const AccessChange: AccessChangeResolvers = {
  id: ({ seq }) => numberedId('AccessChange', seq),
  occurredAt: ({ at }) => at,
  user: ({ subjectId }) => (subjectId ? { id: subjectId } : null),
  actor: ({ actorId }) => (actorId ? { id: actorId } : null),
};
