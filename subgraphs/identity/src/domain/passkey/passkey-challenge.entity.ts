import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

export type ChallengePurpose = 'REGISTRATION' | 'ASSERTION';

const schema = defineEntity({
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
export class PasskeyChallenge extends schema.class {}
schema.setClass(PasskeyChallenge);
