import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    ...tenantProperties,
    tokenHash: p.text().unique(),
    email: p.text().nullable(),
    maxUses: p.integer(),
    uses: p.integer().default(0),
    expiresAt: p.datetime(),
    roleKey: p.text(),
    communityId: p.uuid().nullable(),
    createdBy: p.uuid().nullable(),
    revokedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  indexes: [{ properties: ['expiresAt'] }],
  uniques: [{ properties: ['tenantId', 'id'] }],
});

/** Lets people into a tenant, so many times until a date; only the SHA-256 of its token is kept. */
export class Invitation extends schema.class {
  revoke(at: Date): void {
    this.revokedAt ??= at;
  }
}
schema.setClass(Invitation);

export type InvitationRow = Row<Invitation>;

const useSchema = defineEntity({
  name: 'InvitationUse',
  tableName: 'invitation_use',
  properties: { ...tenantProperties, invitationId: p.uuid(), userId: p.uuid() },
  policies: tenantPolicies,
  uniques: [{ properties: ['invitationId', 'userId'] }],
});

/** Who came in with an invitation. */
export class InvitationUse extends useSchema.class {}
useSchema.setClass(InvitationUse);

export type InvitationUseRow = Row<InvitationUse>;
