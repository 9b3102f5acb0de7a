import { membershipsOf } from '../domain/membership/membership.service.ts';
import { mfaStatus } from '../domain/mfa/mfa.service.ts';
import { devicesOf } from '../domain/mfa/trusted-device.service.ts';
import { passkeysOf } from '../domain/passkey/passkey.queries.ts';
import { linksOf } from '../domain/upstream/upstream-link.service.ts';
import * as users from '../domain/user/user.service.ts';
import type { UserResolvers } from '../generated/graphql.ts';
import { asLanguage } from '../interface-language.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, ctx) => users.find(ctx, id),
  email: (user, _, ctx) => users.privately(ctx, user, user.email),
  emailVerified: (user, _, ctx) => users.privately(ctx, user, user.hasVerifiedEmail()),
  language: (user, _, ctx) => users.privately(ctx, user, asLanguage(user.language)),
  status: (user, _, ctx) => users.privately(ctx, user, user.status),
  passkeys: (user, _, ctx) => passkeysOf(ctx, user.id),
  mfa: (user, _, ctx) => mfaStatus(ctx, user.id),
  trustedDevices: (user, _, ctx) => devicesOf(ctx, user.id),
  upstreamLinks: (user, _, ctx) => linksOf(ctx, user.id),
  tenantMemberships: (user, _, ctx) => membershipsOf(ctx, user.id),
};
