import * as users from '../domain/user/user.service.ts';
import type { AuditEntryResolvers } from '../generated/graphql.ts';

export const AuditEntry: AuditEntryResolvers = {
  user: (entry, _, ctx) => (entry.userId ? users.find(ctx, entry.userId) : null),
};
