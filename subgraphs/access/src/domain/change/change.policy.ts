import type { Asker } from '@polity/kernel/access/asker';

/** Those who may read what changed may read what was decided, too. */
export const canReadChanges = (asker: Asker): boolean => asker.mayAtTenant('access.change.read');

/** What concerns the whole installation is for those who administer it. */
export const canReadPlatform = (asker: Asker): boolean => canReadChanges(asker) && asker.administers;
