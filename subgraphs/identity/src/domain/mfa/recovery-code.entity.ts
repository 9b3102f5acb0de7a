import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_code',
  properties: {
    ...entityProperties,
    userId: p.uuid(),
    // One salt per set, so that a try costs one Argon2id hash and not ten.
    salt: p.text(),
    hash: p.text(),
    usedAt: p.datetime().nullable(),
  },
  uniques: [{ properties: ['userId', 'hash'] }],
});

/** One of ten codes for the day on which the second factor is lost. */
export class RecoveryCode extends schema.class {}
schema.setClass(RecoveryCode);
