import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const PURPOSES = ['ACTIVATION', 'PASSWORD_RESET', 'MAGIC_LINK', 'EMAIL_CHANGE', 'MFA_CHALLENGE'] as const;
export type TokenPurpose = (typeof PURPOSES)[number];

/** What a token carries to the act it allows; never a secret in the clear. */
export interface TokenPayload {
  passwordHash?: string;
  email?: string;
  /** Where somebody signed up, and the names that they gave. */
  tenantId?: string;
  username?: string;
  displayName?: string;
  /** Language in which they did. */
  language?: string;
  /** Hash of the invitation with which somebody signed up. */
  invitationHash?: string;
  /** Factors that were proved before the second one was asked for. */
  amr?: string[];
}

const schema = defineEntity({
  name: 'Token',
  tableName: 'token',
  indexes: [{ properties: ['userId', 'purpose'] }, { properties: ['expiresAt'] }],
  properties: {
    ...entityProperties,
    purpose: p.enum(PURPOSES),
    hash: p.string().unique(),
    // Null for an unknown address: the same rows are written whether an account exists or not.
    userId: p.uuid().nullable(),
    payload: p.json<TokenPayload>(),
    expiresAt: p.datetime(),
    consumedAt: p.datetime().nullable(),
  },
});

/** A secret that was mailed once and acts once; only its SHA-256 is kept. */
export class Token extends schema.class {}
schema.setClass(Token);
