import { isUuid } from '@polity/kernel/ids';

/** A user, who belongs to identity: access knows the id only. */
export interface UserRef {
  id: string;
}

/** An id under which nothing is ever stored. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The id to look up: a text that is no id is nobody's, and never becomes a name in the store of stamps. */
export const lookedUp = (userId: string): string => (isUuid(userId) ? userId : NOBODY);
