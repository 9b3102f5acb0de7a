import { AppError } from '@polity/kernel/graph/errors';

/** Thrown for every cause of a failed sign-in alike: unknown, wrong, not activated, suspended, too many failures. */
export class InvalidCredentials extends AppError {
  constructor() {
    super('INVALID_CREDENTIALS', 'The address or the password is wrong.');
  }
}

/** Thrown for a second factor that is wrong, was used, or belongs to nobody. */
export class InvalidCode extends AppError {
  constructor() {
    super('INVALID_CREDENTIALS', 'The code is wrong, or was used already.');
  }
}
