import type { Authorizer } from '@polity/kernel/access/authorizer';

/** Those who may read what changed may read what was decided, too. */
export const canReadChanges = (authorizer: Authorizer): boolean => authorizer.mayAtTenant('access.change.read');

/** What concerns the whole installation is for those who administer it. */
export const canReadPlatform = (authorizer: Authorizer): boolean =>
  canReadChanges(authorizer) && authorizer.administers;
