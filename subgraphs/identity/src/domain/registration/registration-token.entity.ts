import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'RegistrationToken',
  tableName: 'registration_token',
  properties: {
    ...entityProperties,
    // Found by its hash before any tenant is known, so this table has no tenancy policy.
    tenantId: p.uuid(),
    name: p.string(),
    hash: p.string().unique(),
    /** Its last four characters, to tell two tokens apart. */
    hint: p.string(),
    maxUses: p.integer(),
    uses: p.integer().default(0),
    expiresAt: p.datetime(),
    // Null once that account is erased; then nobody answers for what it registers, and it registers nothing.
    createdBy: p.uuid().nullable(),
    revokedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'id'] }, { properties: ['createdBy'] }],
});

/** An initial access token (RFC 7591): programs register applications of one tenant with it. Only its SHA-256 is kept. */
export class RegistrationToken extends schema.class {}
schema.setClass(RegistrationToken);

export type RegistrationTokenRow = Row<RegistrationToken>;
