import { deriveKey } from '@polity/kernel/config/secrets';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { readConfig } from './config.ts';
import { type BreachedPasswords, openBreachedPasswords } from './domain/credential/breached-passwords.ts';
import { loadCommonPasswords } from './domain/credential/common-passwords.ts';
import { type PasswordHasher, passwordHasher } from './domain/credential/hash-queue.ts';
import { type RelyingParty, relyingParty } from './domain/passkey/relying-party.ts';
import { createThrottle, type Throttle } from './domain/throttle/throttle.ts';
import { type Provider, presetProviders } from './domain/upstream/presets.ts';
import { type Upstreams, upstreams } from './domain/upstream/protocol.ts';
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
  breachedPasswords: BreachedPasswords;
  /** Providers of the installation by which people sign in, by key. */
  presets: ReadonlyMap<string, Provider>;
  upstreams: Upstreams;
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
    breachedPasswords: await openBreachedPasswords(config.breachedPasswordsFile),
    presets: presetProviders(config.presets),
    upstreams: upstreams(runtime.outbound, runtime.clock.nowMs),
    oidc: oidcOf(runtime),
    keptMails: () => mailer.kept(),
  };
}
