import * as users from '../domain/user/user.service.ts';
import type { ActorKind, AuditEntryResolvers } from '../generated/graphql.ts';

export const AuditEntry: AuditEntryResolvers = {
  actorKind: ({ actorKind }) => actorKind.toUpperCase() as ActorKind,
  user: (entry, _, ctx) => (entry.userId ? users.find(ctx, entry.userId) : null),
};
