import type { Authorizer } from '@polity/kernel/access/authorizer';

/** Whether the viewer may keep a feed of their own in this tenant. */
export const canKeepFeed = (authorizer: Authorizer): boolean => authorizer.mayAtTenant('activity.feed.manage');
