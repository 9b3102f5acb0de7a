import { deriveKey } from '@polity/kernel/config/secrets';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { readConfig } from './config.ts';
import { loadCommonPasswords } from './domain/credential/common-passwords.ts';
import { type PasswordHasher, passwordHasher } from './domain/credential/hash-queue.ts';
import { type RelyingParty, relyingParty } from './domain/passkey/relying-party.ts';
import { createThrottle, type Throttle } from './domain/throttle/throttle.ts';
import { createMailer, type KeptMail, type Mailer } from './mail.ts';
import { type MailTexts, mailTexts } from './mails/mails.ts';
import { type Oidc, oidcOf } from './oidc/oidc.ts';
import { type SecretBox, secretBox } from './secrets.ts';

/** What identity opens once per process. */
export interface Ports {
  hasher: PasswordHasher;
  throttle: Throttle;
  secrets: SecretBox;
  mailer: Mailer;
  relyingParty: RelyingParty;
  mails: MailTexts;
  commonPasswords: ReadonlySet<string>;
  /** The OpenID Connect provider. */
  oidc: Oidc;
  /** Mails that a development start kept, newest first. */
  keptMails(): KeptMail[];
}

/** Opens the ports. Throws StartError for bad configuration. */
export async function openPorts(runtime: Runtime): Promise<Ports> {
  const config = readConfig(runtime.env);
  const mailer = createMailer(config, runtime.log, runtime.clock, runtime.production);
  return {
    hasher: await passwordHasher({ pepper: deriveKey(runtime.masterSecret, 'identity/password-pepper') }),
    secrets: secretBox(runtime.masterSecret, config.secretKeyIds),
    throttle: createThrottle(runtime.kv, runtime.clock),
    mailer,
    mails: mailTexts(runtime.publicUrl),
    relyingParty: relyingParty(runtime.publicUrl, config.allowedOrigins),
    commonPasswords: loadCommonPasswords(),
    oidc: oidcOf(runtime),
    keptMails: () => mailer.kept(),
  };
}
