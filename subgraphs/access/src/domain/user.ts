/** A user, who belongs to identity: access knows the id only. */
export interface UserRef {
  id: string;
}
