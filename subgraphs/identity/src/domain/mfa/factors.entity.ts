import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const totpSchema = defineEntity({
  name: 'TotpFactor',
  tableName: 'totp_factor',
  properties: {
    ...entityProperties,
    userId: p.uuid().unique(),
    sealedSecret: p.text(),
    confirmedAt: p.datetime().nullable(),
    // The newest time step that was accepted; a code of it or an older one is a replay (RFC 6238 5.2).
    lastTimeStep: p.integer().nullable(),
  },
});

/** An authenticator app. It counts once its first code was right. */
export class TotpFactor extends totpSchema.class {}
totpSchema.setClass(TotpFactor);

const codeSchema = defineEntity({
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
export class RecoveryCode extends codeSchema.class {}
codeSchema.setClass(RecoveryCode);
