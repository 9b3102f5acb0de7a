import { scopeStub } from '@polity/kernel/access/placed';
import type { EffectiveAccessResolvers } from '../generated/graphql.ts';

export const EffectiveAccess: EffectiveAccessResolvers = {
  scope: ({ scope }) => scopeStub(scope),
};
