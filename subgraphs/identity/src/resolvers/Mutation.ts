import * as accounts from '../domain/account/account.service.ts';
import * as activations from '../domain/account/activation.service.ts';
import * as links from '../domain/account/mail-link.service.ts';
import { sendNotices } from '../domain/account/notice-mail.service.ts';
import * as signUps from '../domain/account/sign-up.service.ts';
import * as applications from '../domain/application/application.service.ts';
import * as consents from '../domain/application/consent.service.ts';
import * as credentials from '../domain/credential/credential.service.ts';
import * as emailCodes from '../domain/email-code/email-code.service.ts';
import * as invitations from '../domain/invitation/invitation.service.ts';
import * as memberships from '../domain/membership/membership.service.ts';
import * as mfa from '../domain/mfa/mfa.service.ts';
import * as totp from '../domain/mfa/totp.service.ts';
import * as devices from '../domain/mfa/trusted-device.service.ts';
import * as passkeys from '../domain/passkey/passkey.service.ts';
import * as passkeyAssertions from '../domain/passkey/passkey-assertion.service.ts';
import * as passkeyRegistrations from '../domain/passkey/passkey-registration.service.ts';
import * as personalTokens from '../domain/personal-token/personal-token.service.ts';
import * as registrationTokens from '../domain/registration/registration-token.service.ts';
import * as signIns from '../domain/session/sign-in.service.ts';
import * as tenants from '../domain/tenant/tenant.service.ts';
import * as providers from '../domain/upstream/provider.service.ts';
import * as upstreamLinks from '../domain/upstream/upstream-link.service.ts';
import * as upstreamSignIns from '../domain/upstream/upstream-sign-in.service.ts';
import * as admin from '../domain/user/user-admin.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';
import { answerAuthorization, authorizationAnswerOf, authorizationVisitOf } from '../oidc/authorization.ts';
import { browserSignedOut } from '../oidc/browser-signed-out.ts';
import { answerDevice, deviceAnswerOf, deviceVisitOf } from '../oidc/device.ts';

export const Mutation: MutationResolvers = {
  _answerAuthorization: (_, { visit, answer }, ctx) =>
    answerAuthorization(ctx, authorizationVisitOf(visit), authorizationAnswerOf(answer)),
  _browserSignedOut: (_, { userId, sessionIds }, ctx) => browserSignedOut(ctx, userId, sessionIds),
  _answerDeviceRequest: (_, { visit, answer }, ctx) => answerDevice(ctx, deviceVisitOf(visit), deviceAnswerOf(answer)),
  _sendNotices: (_, { mails }, ctx) => sendNotices(ctx, mails),
  signUp: (_, { input }, ctx) => signUps.signUp(ctx, input),
  activateAccount: (_, { token }, ctx) => activations.activateAccount(ctx, token),
  signIn: (_, { input }, ctx) => signIns.signIn(ctx, input),
  verifyMfa: (_, { input }, ctx) => mfa.verifyMfa(ctx, input),
  reauthenticate: (_, { input }, ctx) => mfa.reauthenticate(ctx, input),
  beginTotpEnrolment: (_, { challenge }, ctx) => totp.begin(ctx, challenge),
  confirmTotpEnrolment: (_, { code, challenge }, ctx) => totp.confirm(ctx, code, challenge),
  disableTotp: (_, __, ctx) => totp.disable(ctx),
  regenerateRecoveryCodes: (_, __, ctx) => totp.regenerateCodes(ctx),
  revokeTrustedDevice: (_, { id }, ctx) => devices.revokeDevice(ctx, id),
  requestMagicLink: (_, { email }, ctx) => links.requestLink(ctx, email, 'MAGIC_LINK'),
  signInWithMagicLink: (_, { token }, ctx) => signIns.signInWithMagicLink(ctx, token),
  requestEmailCode: (_, { email }, ctx) => emailCodes.requestCode(ctx, email),
  signInWithEmailCode: (_, { input }, ctx) => emailCodes.signInWithCode(ctx, input),
  requestPasswordReset: (_, { email }, ctx) => links.requestLink(ctx, email, 'PASSWORD_RESET'),
  resetPassword: (_, input, ctx) => credentials.resetPassword(ctx, input),
  changePassword: (_, input, ctx) => credentials.changePassword(ctx, input),
  changeEmail: (_, { newEmail }, ctx) => accounts.changeEmail(ctx, newEmail),
  confirmEmail: (_, { token }, ctx) => accounts.confirmEmail(ctx, token),
  updateAccount: (_, { input }, ctx) => accounts.updateAccount(ctx, input),
  deleteAccount: (_, { password }, ctx) => accounts.deleteAccount(ctx, password),
  beginPasskeyRegistration: (_, __, ctx) => passkeyRegistrations.beginRegistration(ctx),
  finishPasskeyRegistration: (_, input, ctx) => passkeyRegistrations.finishRegistration(ctx, input),
  beginPasskeySignIn: (_, __, ctx) => passkeyAssertions.beginSignIn(ctx),
  finishPasskeySignIn: (_, input, ctx) => passkeyAssertions.finishSignIn(ctx, input),
  beginUpstreamSignIn: (_, { input }, ctx) => upstreamSignIns.beginSignIn(ctx, input),
  finishUpstreamSignIn: (_, { input }, ctx) => upstreamSignIns.finishSignIn(ctx, input),
  beginUpstreamLink: (_, input, ctx) => upstreamLinks.beginLink(ctx, input),
  finishUpstreamLink: (_, { input }, ctx) => upstreamLinks.finishLink(ctx, input),
  unlinkUpstream: (_, { id }, ctx) => upstreamLinks.unlink(ctx, id),
  createUpstreamProvider: (_, { input }, ctx) => providers.create(ctx, input),
  updateUpstreamProvider: (_, { id, input }, ctx) => providers.update(ctx, id, input),
  deleteUpstreamProvider: (_, { id }, ctx) => providers.remove(ctx, id),
  renamePasskey: (_, { id, name }, ctx) => passkeys.rename(ctx, id, name),
  removePasskey: (_, { id }, ctx) => passkeys.remove(ctx, id),
  createTenant: (_, { input }, ctx) => tenants.create(ctx, input),
  updateTenant: (_, { input }, ctx) => tenants.update(ctx, input),
  joinTenant: (_, { slug, invitation }, ctx) => memberships.joinTenant(ctx, slug, invitation),
  createInvitation: (_, { input }, ctx) => invitations.create(ctx, input),
  revokeInvitation: (_, { id }, ctx) => invitations.revoke(ctx, id),
  leaveTenant: (_, { id }, ctx) => memberships.leaveTenant(ctx, id),
  removeTenantMember: (_, { userId }, ctx) => memberships.removeTenantMember(ctx, userId),
  suspendUser: (_, { id, reason }, ctx) => admin.suspend(ctx, id, reason),
  resetMfa: (_, { id, reason }, ctx) => admin.resetMfa(ctx, id, reason),
  impersonate: async (_, { id, reason }, ctx) => ({ user: await admin.impersonate(ctx, id, reason) }),
  reinstateUser: (_, { id }, ctx) => admin.reinstate(ctx, id),
  startPasswordReset: (_, { userId }, ctx) => links.startPasswordReset(ctx, userId),
  registerApplication: (_, { input }, ctx) => applications.register(ctx, input),
  updateApplication: (_, { id, input }, ctx) => applications.update(ctx, id, input),
  rotateApplicationSecret: (_, { id, overlapHours }, ctx) => applications.rotateSecret(ctx, id, overlapHours ?? 24),
  approveApplication: (_, { id, version }, ctx) => applications.approve(ctx, id, version),
  rejectApplication: (_, { id, reason }, ctx) => applications.reject(ctx, id, reason),
  disableApplication: (_, { id }, ctx) => applications.disable(ctx, id),
  deleteApplication: (_, { id }, ctx) => applications.remove(ctx, id),
  createRegistrationToken: (_, { input }, ctx) => registrationTokens.create(ctx, input),
  revokeRegistrationToken: (_, { id }, ctx) => registrationTokens.revoke(ctx, id),
  revokeConsent: (_, { id }, ctx) => consents.revoke(ctx, id),
  createPersonalToken: (_, { input }, ctx) => personalTokens.create(ctx, input),
  revokePersonalToken: (_, { id }, ctx) => personalTokens.revoke(ctx, id),
};
