import { quotedName } from '@polity/kernel/text/names';
import type { Mail } from './mail.ts';

interface Message {
  to: string;
  subject: string;
  paragraphs: string[];
  /** Where the person goes on; the token stands after `#`, so that it reaches no server log and no link scanner uses it up. */
  link?: { label: string; url: string };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

function mailOf({ to, subject, paragraphs, link }: Message): Mail {
  const text = [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : [])].join('\n\n');
  const button = link ? `<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>` : '';
  const body = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('');
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(subject)}</title><body>${body}${button}</body></html>`;
  return { to, subject, text: `${text}\n`, html, links: link ? [link.url] : [] };
}

/** What somebody wrote, to stand in a message to somebody else. */
const quotedText = (text: string) => text.split('\n').map(quotedName).join(' ').slice(0, 500);

const IGNORE = 'If it was not you, you can ignore this message.';

/** Tells the person about a change that somebody else may have made. */
function notice(to: string, subject: string, what: string): Mail {
  const advice = 'If it was not you, reset your password at once and tell an administrator.';
  return mailOf({ to, subject, paragraphs: [what, advice] });
}

interface LinkMail {
  subject: string;
  what: string;
  label: string;
  page: string;
}

const ACTIVATION: LinkMail = {
  subject: 'Activate your account',
  what: 'Somebody signed up with this address. Confirm within 24 hours that it is yours.',
  label: 'Activate the account',
  page: 'activate',
};
const PASSWORD_RESET: LinkMail = {
  subject: 'Reset your password',
  what: 'Choose a new password within 30 minutes. Sessions that are open now will end.',
  label: 'Choose a new password',
  page: 'reset-password',
};
const MAGIC_LINK: LinkMail = {
  subject: 'Your sign-in link',
  what: 'This link signs you in once, within 10 minutes.',
  label: 'Sign in',
  page: 'sign-in',
};
const CONFIRM_EMAIL: LinkMail = {
  subject: 'Confirm your new address',
  what: 'Confirm within 24 hours that this address is yours, and your account moves to it.',
  label: 'Confirm the address',
  page: 'confirm-email',
};
/** Address of the page at which an invitation is accepted; it names the tenant, because the token alone does not. */
export function invitationUrl(publicUrl: string, tenantSlug: string, token: string): string {
  return `${publicUrl}/account/invitation?tenant=${tenantSlug}#token=${token}`;
}

const applicationMails = {
  applicationWaits: (to: string, application: string, tenant: string) =>
    mailOf({
      to,
      subject: 'An application waits for your approval',
      paragraphs: [
        `The application ${quotedName(application)} in ${quotedName(tenant)} asks for an approval. It can do nothing new until somebody decides.`,
        'You get this message because you may approve applications there.',
      ],
    }),
  applicationDecided: (to: string, application: string, decision: string, reason: string | null) =>
    mailOf({
      to,
      subject: `Your application was ${decision}`,
      paragraphs: [
        `The application ${quotedName(application)} that you registered was ${decision}.`,
        ...(reason ? [`The reason given: ${quotedText(reason)}`] : []),
      ],
    }),
};

/** Every message that identity sends; `publicUrl` is fixed by configuration, never taken from a request. */
export function mailTexts(publicUrl: string) {
  const linked =
    ({ subject, what, label, page }: LinkMail) =>
    (to: string, token: string) =>
      mailOf({
        to,
        subject,
        paragraphs: [what, IGNORE],
        link: { label, url: `${publicUrl}/account/${page}#token=${token}` },
      });
  return {
    activation: linked(ACTIVATION),
    passwordReset: linked(PASSWORD_RESET),
    magicLink: linked(MAGIC_LINK),
    confirmEmail: linked(CONFIRM_EMAIL),
    invitation: (to: string, token: string, { slug, name }: { slug: string; name: string }) =>
      mailOf({
        to,
        subject: `You are invited to ${quotedName(name)}`,
        paragraphs: [
          `Somebody invited you to ${quotedName(name)}. Sign up, or sign in and join, with this link.`,
          IGNORE,
        ],
        link: { label: 'Accept the invitation', url: invitationUrl(publicUrl, slug, token) },
      }),
    signUpOfKnown: (to: string) =>
      mailOf({
        to,
        subject: 'You have an account already',
        paragraphs: [
          'Somebody signed up with this address, but it has an account. If you forgot the password, reset it.',
          IGNORE,
        ],
        link: { label: 'Go to the sign-in page', url: `${publicUrl}/account/sign-in` },
      }),
    notice,
    ...applicationMails,
  };
}

export type MailTexts = ReturnType<typeof mailTexts>;
