import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  indexes: [{ properties: ['userId'] }],
  properties: {
    ...entityProperties,
    userId: p.uuid(),
    // Base64url, as the authenticator made it; unique over all accounts (WebAuthn L3 7.1 step 26).
    credentialId: p.text().unique(),
    // COSE key.
    publicKey: p.uint8array(),
    // An unsigned 32-bit number, which PostgreSQL's int does not hold.
    counter: p.bigint('number'),
    transports: p.json<string[]>(),
    backupEligible: p.boolean(),
    backedUp: p.boolean(),
    aaguid: p.text(),
    rpId: p.text(),
    name: p.text(),
    lastUsedAt: p.datetime().nullable(),
  },
});

/** The public half of a key pair that an authenticator holds for one account; with user verification it is two factors in one. */
export class Passkey extends schema.class {
  rename(name: string): void {
    this.name = name;
  }
}
schema.setClass(Passkey);

export type PasskeyRow = Row<Passkey>;

export type ChallengePurpose = 'REGISTRATION' | 'ASSERTION';

const challengeSchema = defineEntity({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenge',
  indexes: [{ properties: ['expiresAt'] }],
  properties: {
    ...entityProperties,
    challenge: p.text().unique(),
    purpose: p.enum(['REGISTRATION', 'ASSERTION'] as const),
    // Both null for an assertion: nobody has said who they are yet.
    userId: p.uuid().nullable(),
    sessionId: p.text().nullable(),
    expiresAt: p.datetime(),
    consumedAt: p.datetime().nullable(),
  },
});

/** Random bytes that an authenticator must sign once; used up by the first answer, right or wrong. */
export class PasskeyChallenge extends challengeSchema.class {}
challengeSchema.setClass(PasskeyChallenge);
