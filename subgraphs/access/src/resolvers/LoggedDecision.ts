import { isUuid } from '@polity/kernel/ids';
import type { LoggedDecisionResolvers } from '../generated/graphql.ts';

export const LoggedDecision: LoggedDecisionResolvers = {
  id: ({ seq }) => String(seq),
  user: ({ subjectId }) => (isUuid(subjectId) ? { id: subjectId } : null),
};
