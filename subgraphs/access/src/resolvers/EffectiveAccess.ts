import type { EffectiveAccessResolvers } from '../generated/graphql.ts';
import { scopeStub } from './references.ts';

export const EffectiveAccess: EffectiveAccessResolvers = {
  scope: ({ scope }) => scopeStub(scope),
};
