import type { Language } from '@polity/kernel/pages/language';
import { quotedName } from '@polity/kernel/text/names';
import type { Mail } from '../mail.ts';
import { mailOf } from './layout.ts';
import { da } from './messages/da.ts';
import { de } from './messages/de.ts';
import { en, type MailMessages } from './messages/en.ts';
import { ru } from './messages/ru.ts';
import type { Reader } from './reader.ts';
import type { MailText, Notice } from './text.ts';

const catalogues: Readonly<Record<Language, MailMessages>> = { en, ru, de, da };

/** What mails without a tenant come from. */
const SERVICE = 'Polity';

/** What was done with an application. */
export type Decision = Parameters<MailMessages['applicationDecided']>[1];

/** What somebody wrote, to stand in a message to somebody else. */
const quotedText = (text: string) => text.split('\n').map(quotedName).join(' ').slice(0, 500);
const siteOf = ({ tenant }: Reader) => (tenant ? quotedName(tenant.name) : SERVICE);

/** Address of the page at which an invitation is accepted; it names the tenant, because the token alone does not. */
export function invitationUrl(publicUrl: string, tenantSlug: string, token: string): string {
  return `${publicUrl}/account/invitation?tenant=${tenantSlug}#token=${token}`;
}

// The token stands after `#`, so that it reaches no server log and no link scanner uses it up.
function urlOf(publicUrl: string, { tenant }: Reader, page: string, token?: string): string {
  return `${publicUrl}/account${page}${tenant ? `?tenant=${tenant.slug}` : ''}${token ? `#token=${token}` : ''}`;
}

interface Written extends MailText {
  /** Where the button leads. */
  url: string;
  more?: string[];
}

function compose(publicUrl: string, reader: Reader, { subject, text, button, why, url, more = [] }: Written): Mail {
  const say = catalogues[reader.language];
  const site = siteOf(reader);
  return mailOf({
    to: reader.to,
    language: reader.language,
    site,
    accent: reader.tenant?.accentColor ?? null,
    subject,
    paragraphs: [text, ...more],
    button: { label: button, url },
    orCopy: say.orCopy,
    foot: [why, say.from(site, new URL(publicUrl).host)],
    account: { label: say.account, url: urlOf(publicUrl, reader, '') },
  });
}

interface Notifications {
  /** How many there are, of which `lines` may be the first. */
  count: number;
  lines: readonly string[];
  unsubscribe: string;
}

/** Mails of people's accounts. */
function accountMails(publicUrl: string) {
  type Linked = 'activation' | 'passwordReset' | 'magicLink' | 'confirmEmail';
  const linked = (name: Linked, page: string) => (reader: Reader, token: string) => {
    const say = catalogues[reader.language];
    const url = urlOf(publicUrl, reader, page, token);
    return compose(publicUrl, reader, { ...say[name](siteOf(reader)), url, more: [say.ignore] });
  };
  return {
    activation: linked('activation', '/activate'),
    passwordReset: linked('passwordReset', '/reset-password'),
    magicLink: linked('magicLink', '/sign-in'),
    confirmEmail: linked('confirmEmail', '/confirm-email'),
    invitation(reader: Reader, token: string, inviter: string | null): Mail {
      const say = catalogues[reader.language];
      const url = invitationUrl(publicUrl, reader.tenant?.slug ?? '', token);
      const text = say.invitation(siteOf(reader), inviter && quotedName(inviter));
      return compose(publicUrl, reader, { ...text, url, more: [say.ignore] });
    },
    emailCode(reader: Reader, code: string): Mail {
      const say = catalogues[reader.language];
      const url = urlOf(publicUrl, reader, '/sign-in');
      return compose(publicUrl, reader, { ...say.emailCode(siteOf(reader), code), url, more: [say.ignore] });
    },
    signUpOfKnown(reader: Reader): Mail {
      const say = catalogues[reader.language];
      const url = urlOf(publicUrl, reader, '/sign-in');
      return compose(publicUrl, reader, { ...say.signUpOfKnown(siteOf(reader)), url, more: [say.ignore] });
    },
    /** Tells somebody what happened to their account, which may have been somebody else. */
    notice(reader: Reader, what: (say: MailMessages) => Notice): Mail {
      const say = catalogues[reader.language];
      const text = { ...what(say), button: say.account, why: say.whyAccount(siteOf(reader)) };
      return compose(publicUrl, reader, { ...text, url: urlOf(publicUrl, reader, ''), more: [say.notYou] });
    },
  };
}

/** Mails about applications. */
function applicationMails(publicUrl: string) {
  return {
    applicationWaits(reader: Reader, application: string): Mail {
      const text = catalogues[reader.language].applicationWaits(quotedName(application), siteOf(reader));
      return compose(publicUrl, reader, { ...text, url: urlOf(publicUrl, reader, '') });
    },
    applicationDecided(reader: Reader, application: string, decision: Decision, reason: string | null): Mail {
      const say = catalogues[reader.language];
      const text = say.applicationDecided(quotedName(application), decision, siteOf(reader));
      const more = reason ? [say.reason(quotedText(reason))] : [];
      return compose(publicUrl, reader, { ...text, url: urlOf(publicUrl, reader, ''), more });
    },
  };
}

/** Mails of what other parts of Polity have to tell, which the reader can stop. */
const notificationMails = (publicUrl: string) => ({
  notifications(reader: Reader, { count, lines, unsubscribe }: Notifications): Mail {
    const text = catalogues[reader.language].notifications(count, siteOf(reader));
    return compose(publicUrl, reader, { ...text, url: unsubscribe, more: lines.map((line) => `– ${line}`) });
  },
});

/** Every message that identity sends; `publicUrl` is fixed by configuration, never taken from a request. */
export const mailTexts = (publicUrl: string) => ({
  ...accountMails(publicUrl),
  ...applicationMails(publicUrl),
  ...notificationMails(publicUrl),
});

export type MailTexts = ReturnType<typeof mailTexts>;
