import { AlreadyExists } from '@polity/kernel/graph/errors';

/** Thrown when a user name belongs to somebody else; user names are public, addresses never raise this. */
export class UsernameTaken extends AlreadyExists {
  constructor(cause?: unknown) {
    super('This user name is taken.', { field: 'username' }, cause);
  }
}
