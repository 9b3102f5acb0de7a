import type { Resolvers } from '../generated/graphql.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import {
  AccessChange,
  Decision,
  EffectiveAccess,
  LoggedDecision,
  MasterFlagGrant,
  Permission,
  PolicyOverride,
  Role,
  RoleBinding,
  User,
} from './types.ts';

export const resolvers: Resolvers = {
  Query,
  Mutation,
  AccessChange,
  Decision,
  EffectiveAccess,
  LoggedDecision,
  MasterFlagGrant,
  Permission,
  PolicyOverride,
  Role,
  RoleBinding,
  User,
};
