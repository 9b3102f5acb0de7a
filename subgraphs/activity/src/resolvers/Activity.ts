import { scopeOfRow } from '@polity/kernel/access/placed';
import { othersOf, sizeOf, summaryOf } from '../domain/activity/entry.ts';
import { isRead } from '../domain/read/read.ts';
import { scopeOf } from '../domain/scope.ts';
import type { ActivityResolvers } from '../generated/graphql.ts';
import { nouns } from '../kinds.ts';

export const Activity: ActivityResolvers = {
  id: ({ row }) => row.id,
  type: ({ row }) => row.type,
  actor: ({ actorId }) => (actorId ? { id: actorId } : null),
  scope: ({ row }, _, ctx) => scopeOf(ctx, scopeOfRow(row), nouns[row.objectType]),
  visibility: ({ row }) => row.visibility,
  object: ({ row }) => ({ __typename: row.objectType, id: row.objectId }),
  summary: (entry, _, ctx) => summaryOf(ctx, entry),
  payload: () => null,
  occurredAt: ({ row }) => row.occurredAt,
  read: ({ row }, _, ctx) => isRead(ctx, row.id),
  groupSize: (entry) => sizeOf(entry),
  groupActors: (entry) => othersOf(entry).map((id) => ({ id })),
};
