import { isUuid, numberedId } from '@polity/kernel/ids';
import { shownVersion } from '../domain/check/shown-version.ts';
import type { LoggedDecisionResolvers } from '../generated/graphql.ts';

export const LoggedDecision: LoggedDecisionResolvers = {
  id: ({ seq }) => numberedId('LoggedDecision', seq),
  occurredAt: ({ at }) => at,
  version: ({ tenantId, subjectId, version }) => shownVersion({ tenantId, subjectId: subjectId ?? null }, version),
  user: ({ subjectId }) => (isUuid(subjectId) ? { id: subjectId } : null),
};
