import type { Resolvers } from '../generated/graphql.ts';
import { AccessChange } from './AccessChange.ts';
import { Decision } from './Decision.ts';
import { EffectiveAccess } from './EffectiveAccess.ts';
import { LoggedDecision } from './LoggedDecision.ts';
import { MasterFlagGrant } from './MasterFlagGrant.ts';
import { Mutation } from './Mutation.ts';
import { Permission } from './Permission.ts';
import { PolicyOverride } from './PolicyOverride.ts';
import { Query } from './Query.ts';
import { Role } from './Role.ts';
import { RoleBinding } from './RoleBinding.ts';
import { User } from './User.ts';

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
