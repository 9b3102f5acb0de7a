import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, Conflict } from '@polity/kernel/graph/errors';

/** Thrown when a user name belongs to somebody else; user names are public, addresses never raise this. */
export class UsernameTaken extends AlreadyExists {
  constructor(cause: unknown) {
    super('This user name is taken.', { field: 'username' }, cause);
  }
}

export const usernameErrors: ConstraintErrors = { user_account_username_unique: (cause) => new UsernameTaken(cause) };

export const emailErrors: ConstraintErrors = {
  user_account_email_unique: (cause) => new Conflict('This address cannot be used.', {}, cause),
};
