import type { EffectiveAccessResolvers } from '../generated/graphql.ts';
import { scopeStub } from './scope-stub.ts';

export const EffectiveAccess: EffectiveAccessResolvers = {
  scope: ({ scope }) => scopeStub(scope),
};
