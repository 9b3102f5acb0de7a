import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import { partialIndexes } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Notification',
  tableName: 'notification',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    eventId: p.uuid(),
    type: p.text(),
    kind: p.text(),
    /** What the event is about; null where that is nothing of the graph. */
    objectType: p.text().nullable(),
    objectId: p.uuid().nullable(),
    actorId: p.uuid().nullable(),
    occurredAt: p.datetime(),
    readAt: p.datetime().nullable(),
    /** Whether it stands in the list; else it is only mailed or pushed. */
    listed: p.boolean(),
    /** When it is to be mailed; null where it is not, or was. */
    mailAt: p.datetime().nullable(),
    pushDue: p.boolean(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'notification_unique', properties: ['tenantId', 'userId', 'eventId'] }],
  indexes: [
    { properties: ['tenantId', 'objectId'] },
    { properties: ['createdAt'] },
    ...partialIndexes('notification', {
      listed: ['user_id, id', 'listed'],
      unread: ['user_id, id', 'listed and read_at is null'],
      to_mail: ['user_id, mail_at', 'mail_at is not null'],
      mail_at: ['mail_at', 'mail_at is not null'],
      to_push: ['event_id', 'push_due'],
    }),
  ],
});

/** That something concerns somebody: ids only. What is said of it is read from the thing when it is told. */
export class Notification extends schema.class {}
schema.setClass(Notification);

export type NotificationRow = Row<Notification>;
