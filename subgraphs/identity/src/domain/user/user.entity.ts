import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export type UserStatus = 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'DELETED';

const schema = defineEntity({
  name: 'User',
  // `user` is a reserved word of SQL.
  tableName: 'user_account',
  properties: {
    ...entityProperties,
    username: p.string().unique(),
    displayName: p.string(),
    email: p.string().nullable().unique(),
    emailVerifiedAt: p.datetime().nullable(),
    status: p.enum(['PENDING', 'ACTIVE', 'SUSPENDED', 'DELETED'] as const),
    homeTenantId: p.uuid().nullable(),
    failedAttempts: p.integer().default(0),
    suspendedReason: p.text().nullable(),
    /** In which the person reads pages and mails; null where they never said. */
    language: p.text().nullable(),
    updatedAt: p.datetime(),
  },
});

/** A person's account. It is global: what belongs to one tenant hangs on a membership. */
export class User extends schema.class {
  hasVerifiedEmail(): boolean {
    return this.emailVerifiedAt !== null && this.emailVerifiedAt !== undefined;
  }

  activate(at: Date, said: Pick<User, 'homeTenantId' | 'username' | 'displayName' | 'language'>): void {
    this.status = 'ACTIVE';
    this.homeTenantId = said.homeTenantId;
    this.username = said.username;
    this.displayName = said.displayName;
    this.language = said.language ?? null;
    this.emailVerifiedAt = at;
    this.updatedAt = at;
  }

  suspend(reason: string, at: Date): void {
    this.status = 'SUSPENDED';
    this.suspendedReason = reason;
    this.updatedAt = at;
  }

  reinstate(at: Date): void {
    this.status = 'ACTIVE';
    this.suspendedReason = null;
    this.updatedAt = at;
  }

  confirmEmail(email: string, at: Date): void {
    this.email = email;
    this.emailVerifiedAt = at;
    this.updatedAt = at;
  }

  /** The row stays, so that what the person wrote keeps an author; nothing in it names them any more. */
  erase(at: Date): void {
    this.status = 'DELETED';
    this.username = `deleted-${this.id.replaceAll('-', '').slice(-20)}`;
    this.displayName = 'Deleted account';
    this.email = null;
    this.emailVerifiedAt = null;
    this.language = null;
    this.suspendedReason = null;
    this.updatedAt = at;
  }
}
schema.setClass(User);

export type UserRow = Row<User>;
