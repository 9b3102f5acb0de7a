import type { Clock } from '@polity/kernel/clock';
import type { Logger } from '@polity/kernel/log/logger';
import { createTransport } from 'nodemailer';
import type { IdentityConfig } from './config.ts';

/** One message to one person, in both forms. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Addresses in the message that the person is meant to open. */
  links: string[];
}

/** A mail that people may stop, and that is known by its id where it comes twice. */
export interface NoticeMail extends Mail {
  id: string;
  /** Address that ends such mails by a POST without a session (RFC 8058). */
  unsubscribe: string;
}

export interface KeptMail extends Mail {
  /** Headers beside those of every mail; absent where there are none. */
  headers?: Readonly<Record<string, string>>;
  at: string;
}

/** The way mails leave. `send` never fails the caller: a mail that cannot be sent is logged and tried again by asking again. */
export interface Mailer {
  send(mail: Mail): void;
  /** Sends and waits until the mail server has it; false where it did not take it, which is logged. */
  deliver(mail: NoticeMail): Promise<boolean>;
  /** The last 100 mails of a development start, newest first; always empty where mails are really sent. */
  kept(): KeptMail[];
  close(): void;
}

const KEPT = 100;

const masked = (address: string) => address.replace(/^(.).*(@.*)$/, '$1…$2');

const unsubscribeHeaders = ({ unsubscribe }: NoticeMail): Record<string, string> => ({
  'List-Unsubscribe': `<${unsubscribe}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

function smtpMailer(config: IdentityConfig & { smtpUrl: string }, log: Logger): Mailer {
  const transport = createTransport(config.smtpUrl, { from: config.mailFrom });
  const host =
    config.mailFrom
      .split('@')
      .at(-1)
      ?.replace(/[^\w.-]/g, '') || 'polity.invalid';
  return {
    async deliver(mail) {
      const { to, subject, text, html, id } = mail;
      const messageId = `<${id}@${host}>`;
      try {
        await transport.sendMail({ to, subject, text, html, messageId, headers: unsubscribeHeaders(mail) });
        return true;
      } catch (error) {
        log.error({ err: error, to: masked(to), subject }, 'mail not sent');
        return false;
      }
    },
    send({ to, subject, text, html }) {
      transport.sendMail({ to, subject, text, html }).then(
        () => log.info({ to: masked(to), subject }, 'mail sent'),
        (error: unknown) => log.error({ err: error, to: masked(to), subject }, 'mail not sent'),
      );
    },
    kept: () => [],
    close: () => transport.close(),
  };
}

function keepingMailer(log: Logger, clock: Clock): Mailer {
  const kept: KeptMail[] = [];
  const keep = (mail: Mail & Pick<KeptMail, 'headers'>) => {
    kept.unshift({ ...mail, at: clock.now().toISOString() });
    kept.length = Math.min(kept.length, KEPT);
    log.info({ to: masked(mail.to), subject: mail.subject }, 'mail kept, read it at /dev/mail');
  };
  return {
    send: keep,
    async deliver({ id: _id, unsubscribe, ...mail }) {
      keep({ ...mail, headers: unsubscribeHeaders({ id: _id, unsubscribe, ...mail }) });
      return true;
    },
    kept: () => [...kept],
    close: () => {},
  };
}

function refusingMailer(log: Logger): Mailer {
  log.error('SMTP_URL is not set: mails cannot be sent, so nobody can activate an account or reset a password');
  return {
    send: ({ to, subject }) => log.error({ to: masked(to), subject }, 'mail not sent: SMTP_URL is not set'),
    // Nobody waits for these until somebody sets it.
    deliver: async () => true,
    kept: () => [],
    close: () => {},
  };
}

/** SMTP where it is configured; else mails are kept in memory, except in production, where a kept mail would be a leaked secret. */
export function createMailer(config: IdentityConfig, log: Logger, clock: Clock, production: boolean): Mailer {
  const { smtpUrl } = config;
  if (smtpUrl) return smtpMailer({ ...config, smtpUrl }, log);
  return production ? refusingMailer(log) : keepingMailer(log, clock);
}
