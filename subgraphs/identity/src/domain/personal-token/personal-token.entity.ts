import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'PersonalToken',
  tableName: 'personal_token',
  properties: {
    ...entityProperties,
    // Found by its hash before any tenant is known, so this table has no tenancy policy.
    tenantId: p.uuid(),
    userId: p.uuid(),
    name: p.string(),
    scopes: p.json<string[]>(),
    hash: p.string().unique(),
    /** Its last four characters, to tell two tokens apart. */
    hint: p.string(),
    expiresAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['userId', 'id'] }],
});

/** A token with which a person's scripts act as that person, within scopes and in one tenant; only its SHA-256 is kept. */
export class PersonalToken extends schema.class {}
schema.setClass(PersonalToken);
