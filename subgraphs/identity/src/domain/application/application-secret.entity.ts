import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'ApplicationSecret',
  tableName: 'application_secret',
  properties: {
    ...tenantProperties,
    applicationId: p.uuid(),
    hash: p.string(),
    /** Its last four characters, to tell two secrets apart. */
    hint: p.string(),
    expiresAt: p.datetime(),
  },
  policies: tenantPolicies,
  indexes: [{ properties: ['tenantId', 'applicationId'] }],
});

/** A secret of an application; only its SHA-256 is kept. At most two are live, so that it can be changed without a gap. */
export class ApplicationSecret extends schema.class {}
schema.setClass(ApplicationSecret);

export type ApplicationSecretRow = Row<ApplicationSecret>;
