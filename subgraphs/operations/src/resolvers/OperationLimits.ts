import { stubOf } from '../domain/application.ts';
import type { OperationLimitsResolvers } from '../generated/graphql.ts';

export const OperationLimits: OperationLimitsResolvers = {
  application: ({ applicationId }) => stubOf(applicationId),
};
