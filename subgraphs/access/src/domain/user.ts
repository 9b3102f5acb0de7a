import { isUuid, NIL_UUID } from '@polity/kernel/ids';

/** A user, who belongs to identity: access knows the id only. */
export interface UserRef {
  id: string;
}

/** The id to look up: a text that is no id is nobody's, and never becomes a name in the store of stamps. */
export const lookedUp = (userId: string): string => (isUuid(userId) ? userId : NIL_UUID);
