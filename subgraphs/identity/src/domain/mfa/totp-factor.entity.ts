import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
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
export class TotpFactor extends schema.class {}
schema.setClass(TotpFactor);
