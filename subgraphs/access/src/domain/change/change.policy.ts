import type { Asker } from '@polity/kernel/access/asker';

/** Those who may read what changed may read what was decided, too. */
export const canReadChanges = (asker: Asker): boolean => asker.mayAtTenant('access.change.read');
