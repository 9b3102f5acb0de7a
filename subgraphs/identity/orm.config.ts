import type { OrmDefinition } from '@polity/kernel/db/orm';
import { AuditEntry } from './src/domain/audit/audit.entity.ts';
import { Credential } from './src/domain/credential/credential.entity.ts';
import { Membership } from './src/domain/membership/membership.entity.ts';
import { Tenant } from './src/domain/tenant/tenant.entity.ts';
import { Token } from './src/domain/token/token.entity.ts';
import { User } from './src/domain/user/user.entity.ts';

export const orm: OrmDefinition = {
  name: 'identity',
  entities: [User, Credential, Token, Tenant, Membership, AuditEntry],
  migrations: new URL('./migrations', import.meta.url).href,
};
