import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'TrustedDevice',
  tableName: 'trusted_device',
  properties: {
    ...entityProperties,
    userId: p.uuid().index(),
    tokenHash: p.text().unique(),
    device: p.text().nullable(),
    address: p.text().nullable(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});

/** A device on which the second factor is not asked for again, for thirty days. */
export class TrustedDevice extends schema.class {}
schema.setClass(TrustedDevice);

export type TrustedDeviceRow = Row<TrustedDevice>;
