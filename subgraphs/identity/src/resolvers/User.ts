import { membershipsOf } from '../domain/membership/membership.service.ts';
import * as users from '../domain/user/user.service.ts';
import type { UserResolvers } from '../generated/graphql.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, ctx) => users.find(ctx, id),
  email: (user, _, ctx) => users.privately(ctx, user, user.email),
  emailVerified: (user, _, ctx) => users.privately(ctx, user, user.hasVerifiedEmail()),
  status: (user, _, ctx) => users.privately(ctx, user, user.status),
  tenantMemberships: (user, _, ctx) => membershipsOf(ctx, user.id),
};
