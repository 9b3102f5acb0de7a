import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'EmailCode',
  tableName: 'email_code',
  properties: {
    ...entityProperties,
    challengeHash: p.text().unique(),
    /** SHA-256 of challenge and code together: the code alone could be found by trying all. */
    codeHash: p.text(),
    /** Under which tries on the address are counted, whether it has an account or not. */
    counted: p.text(),
    // Null for an unknown address: the same rows are written whether an account exists or not.
    userId: p.uuid().nullable(),
    tries: p.integer().default(0),
    expiresAt: p.datetime().index(),
    consumedAt: p.datetime().nullable(),
  },
});

/** Six digits that were mailed and sign in once. */
export class EmailCode extends schema.class {}
schema.setClass(EmailCode);
