import type { Translated } from '@polity/kernel/pages/language';
import type { MailText, Notice } from '../text.ts';

/** What mails say, in English; the other languages have the same keys. */
export const en = {
  account: 'Your account',
  ignore: 'If it was not you, you can ignore this mail.',
  notYou: 'If it was not you, choose a new password at once and tell an administrator.',
  orCopy: 'If the button does not work, copy this address into your browser:',
  reason: (text: string) => `The reason given: ${text}`,
  /** Foot of every mail; `site` is the tenant, and `host` where the installation is. */
  from: (site: string, host: string) => `${site} – a place on Polity at ${host}`,
  whyAccount: (site: string) =>
    `You get this mail because you have an account at ${site}. Such mails cannot be turned off.`,
  activation: (site: string): MailText => ({
    subject: 'Activate your account',
    text: `Somebody signed up to ${site} with this address. Confirm within 24 hours that it was you.`,
    button: 'Activate the account',
    why: `You get this mail because somebody typed your address when they signed up to ${site}.`,
  }),
  signUpOfKnown: (site: string): MailText => ({
    subject: 'You have an account already',
    text: `Somebody wanted to use this address for an account at ${site}, but it has one. If you forgot the password, choose a new one on the sign-in page.`,
    button: 'Go to the sign-in page',
    why: `You get this mail because somebody typed your address at ${site}.`,
  }),
  passwordReset: (site: string): MailText => ({
    subject: 'Choose a new password',
    text: `Choose a new password for your account at ${site} within 30 minutes. Sessions that are open now will end.`,
    button: 'Choose a new password',
    why: `You get this mail because somebody asked for a new password at ${site}.`,
  }),
  magicLink: (site: string): MailText => ({
    subject: 'Your sign-in link',
    text: `This link signs you in to ${site} once, within 10 minutes.`,
    button: 'Sign in',
    why: `You get this mail because somebody asked for a sign-in link at ${site}.`,
  }),
  emailCode: (site: string, code: string): MailText => ({
    subject: 'Your sign-in code',
    text: `${code} signs you in to ${site} once, within 10 minutes. Type it only where you asked for it.`,
    button: 'Go to the sign-in page',
    why: `You get this mail because somebody asked for a sign-in code at ${site}.`,
  }),
  confirmEmail: (site: string): MailText => ({
    subject: 'Confirm your new address',
    text: `Confirm within 24 hours that this address is yours, and your account at ${site} moves to it.`,
    button: 'Confirm the address',
    why: `You get this mail because somebody typed your address as the new one of their account at ${site}.`,
  }),
  invitation: (site: string, inviter: string | null): MailText => ({
    subject: `You are invited to ${site}`,
    text: `${inviter ?? 'Somebody'} invites you to ${site}. Sign up, or sign in and join, with this link.`,
    button: 'Look at the invitation',
    why: `You get this mail because somebody at ${site} typed your address when they invited you.`,
  }),
  applicationWaits: (application: string, site: string): MailText => ({
    subject: 'An application waits for your approval',
    text: `The application ${application} at ${site} asks for an approval. It can do nothing new until somebody decides.`,
    button: 'Your account',
    why: `You get this mail because you may approve applications of ${site}.`,
  }),
  notifications: (count: number, site: string): MailText => ({
    subject: count === 1 ? `One notification from ${site}` : `${count} notifications from ${site}`,
    text: 'This concerns you:',
    button: 'Stop these mails',
    why: `You get this mail because of what happened at ${site}.`,
  }),
  applicationDecided: (
    application: string,
    decision: 'approved' | 'refused' | 'stopped' | 'deleted',
    site: string,
  ): MailText => ({
    subject: `Your application was ${decision}`,
    text: `The application ${application} that you registered at ${site} was ${decision}.`,
    button: 'Your account',
    why: `You get this mail because you registered an application at ${site}.`,
  }),
  passwordChanged: (): Notice => ({
    subject: 'Your password was changed',
    text: 'The password of your account was changed, and other sessions were ended.',
  }),
  emailChanged: (): Notice => ({
    subject: 'Your address was changed',
    text: 'Your account uses another e-mail address from now on.',
  }),
  accountDeleted: (): Notice => ({
    subject: 'Your account was deleted',
    text: 'Your account and its memberships were deleted.',
  }),
  passkeyAdded: (name: string): Notice => ({
    subject: 'A passkey was added',
    text: `The passkey “${name}” can sign in to your account from now on.`,
  }),
  passkeyRemoved: (name: string): Notice => ({
    subject: 'A passkey was removed',
    text: `The passkey “${name}” cannot sign in to your account any more.`,
  }),
  upstreamLinked: (provider: string): Notice => ({
    subject: 'An account was linked',
    text: `An account at “${provider}” can sign in to your account from now on.`,
  }),
  upstreamUnlinked: (provider: string): Notice => ({
    subject: 'An account was unlinked',
    text: `An account at “${provider}” cannot sign in to your account any more.`,
  }),
  recoveryCodeUsed: (left: number): Notice => ({
    subject: 'A recovery code was used',
    text: `A recovery code was used to sign in to your account. Codes that are left: ${left}.`,
  }),
  newRecoveryCodes: (): Notice => ({
    subject: 'New recovery codes',
    text: 'New recovery codes were made for your account; the old ones stopped working.',
  }),
  appAdded: (): Notice => ({
    subject: 'Two-step sign-in is on',
    text: 'An authenticator app was added to your account.',
  }),
  appRemoved: (): Notice => ({
    subject: 'Two-step sign-in is off',
    text: 'The authenticator app was removed from your account.',
  }),
  appTaken: (): Notice => ({
    subject: 'Two-step sign-in is off',
    text: 'An administrator removed the authenticator app from your account.',
  }),
  impersonated: (reason: string): Notice => ({
    subject: 'Support used your account',
    text: `An administrator acts for you to help: ${reason}`,
  }),
} as const;

/** What a catalogue of any language holds. */
export type MailMessages = Translated<typeof en>;
