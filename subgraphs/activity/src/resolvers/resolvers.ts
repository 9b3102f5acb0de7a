import { Activity } from './Activity.ts';
import { ActivityObject } from './ActivityObject.ts';
import { FeedMute } from './FeedMute.ts';
import { FeedSubscription } from './FeedSubscription.ts';
import { Mutation } from './Mutation.ts';
import { Notification, PushSubscription } from './Notification.ts';
import { Query } from './Query.ts';
import { Scope } from './Scope.ts';
import { User } from './User.ts';

export const resolvers = {
  Query,
  Mutation,
  Activity,
  ActivityObject,
  FeedSubscription,
  FeedMute,
  Notification,
  PushSubscription,
  Scope,
  User,
};
