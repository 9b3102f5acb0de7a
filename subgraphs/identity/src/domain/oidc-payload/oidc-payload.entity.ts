import { defineEntity, p } from '@mikro-orm/postgresql';

const schema = defineEntity({
  name: 'OidcPayload',
  tableName: 'oidc_payload',
  properties: {
    /** `<model>:<SHA-256 of the id>`: ids are bearer secrets, so none is kept in the clear. */
    key: p.string().primary(),
    createdAt: p.datetime(),
    model: p.string(),
    payload: p.json<Record<string, unknown>>(),
    grantId: p.string().nullable(),
    uid: p.string().nullable(),
    accountId: p.uuid().nullable(),
    clientId: p.uuid().nullable(),
    expiresAt: p.datetime(),
    consumedAt: p.datetime().nullable(),
  },
  indexes: [
    { properties: ['grantId'] },
    { properties: ['uid'] },
    { properties: ['accountId', 'model'] },
    { properties: ['clientId'] },
    { properties: ['expiresAt'] },
  ],
});

/** What the OpenID Connect provider remembers: sessions, interactions, grants, codes and opaque tokens. */
export class OidcPayload extends schema.class {}
schema.setClass(OidcPayload);
