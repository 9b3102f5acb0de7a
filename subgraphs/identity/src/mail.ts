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

export interface KeptMail extends Mail {
  at: string;
}

/** The way mails leave. `send` never fails the caller: a mail that cannot be sent is logged and tried again by asking again. */
export interface Mailer {
  send(mail: Mail): void;
  /** The last 100 mails of a development start, newest first; always empty where mails are really sent. */
  kept(): KeptMail[];
  close(): void;
}

const KEPT = 100;

const masked = (address: string) => address.replace(/^(.).*(@.*)$/, '$1…$2');

function smtpMailer(config: IdentityConfig & { smtpUrl: string }, log: Logger): Mailer {
  const transport = createTransport(config.smtpUrl, { from: config.mailFrom });
  return {
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
  return {
    send(mail) {
      kept.unshift({ ...mail, at: clock.now().toISOString() });
      kept.length = Math.min(kept.length, KEPT);
      log.info({ to: masked(mail.to), subject: mail.subject }, 'mail kept, read it at /dev/mail');
    },
    kept: () => [...kept],
    close: () => {},
  };
}

function refusingMailer(log: Logger): Mailer {
  log.error('SMTP_URL is not set: mails cannot be sent, so nobody can activate an account or reset a password');
  return {
    send: ({ to, subject }) => log.error({ to: masked(to), subject }, 'mail not sent: SMTP_URL is not set'),
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
