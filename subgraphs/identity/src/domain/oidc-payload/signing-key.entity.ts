import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

export const SIGNING_ALGORITHMS = ['ES256', 'RS256'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

const schema = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_key',
  properties: {
    ...entityProperties,
    /** RFC 7638 thumbprint. */
    kid: p.string().unique(),
    algorithm: p.enum(SIGNING_ALGORITHMS).default('ES256'),
    /** Private JWK in an envelope bound to this row. */
    sealedKey: p.text(),
    /** Signs from here on; until then it is only published, so that every client has fetched it in time. */
    activatesAt: p.datetime(),
  },
});

/** A key that signs ID tokens and access tokens. */
export class SigningKey extends schema.class {}
schema.setClass(SigningKey);
