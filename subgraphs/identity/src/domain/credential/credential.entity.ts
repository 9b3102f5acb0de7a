import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'Credential',
  tableName: 'credential',
  properties: {
    ...entityProperties,
    userId: p.uuid().unique(),
    passwordHash: p.text(),
    changedAt: p.datetime(),
  },
});

/** The password of one account, as a PHC string; in a table of its own, so that no user row ever carries it. */
export class Credential extends schema.class {
  replace(passwordHash: string, at: Date): void {
    this.passwordHash = passwordHash;
    this.changedAt = at;
  }
}
schema.setClass(Credential);
