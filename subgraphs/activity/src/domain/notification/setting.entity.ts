import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

/** How often mails go out. */
export const cadences = ['NEVER', 'IMMEDIATELY', 'DAILY', 'WEEKLY'] as const;
export type Cadence = (typeof cadences)[number];

const schema = defineEntity({
  name: 'NotificationSetting',
  tableName: 'notification_setting',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    /** Kind of notifications; empty for all that have no row of their own. */
    kind: p.text(),
    listed: p.boolean(),
    mail: p.enum(cadences),
    push: p.boolean(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'notification_setting_unique', properties: ['tenantId', 'userId', 'kind'] }],
});

/** By which channels a person wants to be told of a kind. */
export class NotificationSetting extends schema.class {}
schema.setClass(NotificationSetting);

const zone = defineEntity({
  name: 'DigestZone',
  tableName: 'digest_zone',
  properties: { ...tenantProperties, userId: p.uuid(), timeZone: p.text() },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'digest_zone_unique', properties: ['tenantId', 'userId'] }],
});

/** In which time zone it is morning when a person's digest is sent. */
export class DigestZone extends zone.class {}
zone.setClass(DigestZone);
