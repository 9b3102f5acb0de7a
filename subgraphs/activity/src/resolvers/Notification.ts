import { GraphQLError, isUnionType } from 'graphql';
import { lineOf } from '../domain/notification/told.ts';
import type { NotificationResolvers, PushSubscriptionResolvers } from '../generated/graphql.ts';

type Named = 'Community' | 'Team' | 'Post' | 'Poll' | 'Event';

export const Notification: NotificationResolvers = {
  id: ({ row }) => row.id,
  topic: ({ row }) => row.kind,
  type: ({ row }) => row.type,
  summary: (told, _, ctx) => lineOf(ctx, told),
  actor: ({ row }) => (row.actorId ? { id: row.actorId } : null),
  object({ row }, _, _ctx, { schema }) {
    const union = schema.getType('ActivityObject');
    if (!isUnionType(union)) throw new GraphQLError('ActivityObject is a union');
    const isThere = union.getTypes().some(({ name }) => name === row.objectType);
    return isThere && row.objectId ? { __typename: row.objectType as Named, id: row.objectId } : null;
  },
  occurredAt: ({ row }) => row.occurredAt,
  readAt: ({ row }) => row.readAt ?? null,
};

export const PushSubscription: PushSubscriptionResolvers = {};
