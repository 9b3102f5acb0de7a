import * as accounts from '../domain/account/account.service.ts';
import * as links from '../domain/account/mail-link.service.ts';
import * as signUps from '../domain/account/sign-up.service.ts';
import * as credentials from '../domain/credential/credential.service.ts';
import * as memberships from '../domain/membership/membership.service.ts';
import * as signIns from '../domain/session/sign-in.service.ts';
import * as tenants from '../domain/tenant/tenant.service.ts';
import * as users from '../domain/user/user.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  signUp: (_, { input }, ctx) => signUps.signUp(ctx, input),
  activateAccount: (_, { token }, ctx) => signUps.activateAccount(ctx, token),
  signIn: (_, { input }, ctx) => signIns.signIn(ctx, input),
  requestMagicLink: (_, { email }, ctx) => links.requestLink(ctx, email, 'MAGIC_LINK'),
  signInWithMagicLink: (_, { token }, ctx) => signIns.signInWithMagicLink(ctx, token),
  requestPasswordReset: (_, { email }, ctx) => links.requestLink(ctx, email, 'PASSWORD_RESET'),
  resetPassword: (_, input, ctx) => credentials.resetPassword(ctx, input),
  changePassword: (_, input, ctx) => credentials.changePassword(ctx, input),
  changeEmail: (_, { newEmail }, ctx) => accounts.changeEmail(ctx, newEmail),
  confirmEmail: (_, { token }, ctx) => accounts.confirmEmail(ctx, token),
  updateAccount: (_, { input }, ctx) => accounts.updateAccount(ctx, input),
  deleteAccount: (_, { password }, ctx) => accounts.deleteAccount(ctx, password),
  createTenant: (_, { input }, ctx) => tenants.create(ctx, input),
  updateTenant: (_, { id, input }, ctx) => tenants.update(ctx, id, input),
  joinTenant: (_, { slug }, ctx) => memberships.joinTenant(ctx, slug),
  leaveTenant: (_, { id }, ctx) => memberships.leaveTenant(ctx, id),
  removeTenantMember: (_, place, ctx) => memberships.removeTenantMember(ctx, place),
  suspendUser: (_, { id, reason }, ctx) => users.suspend(ctx, id, reason),
  reinstateUser: (_, { id }, ctx) => users.reinstate(ctx, id),
  startPasswordReset: (_, { userId }, ctx) => links.startPasswordReset(ctx, userId),
};
