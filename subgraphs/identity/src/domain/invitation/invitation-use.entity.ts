import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'InvitationUse',
  tableName: 'invitation_use',
  properties: { ...tenantProperties, invitationId: p.uuid(), userId: p.uuid() },
  policies: tenantPolicies,
  uniques: [{ properties: ['invitationId', 'userId'] }],
});

/** Who came in with an invitation. */
export class InvitationUse extends schema.class {}
schema.setClass(InvitationUse);

export type InvitationUseRow = Row<InvitationUse>;
