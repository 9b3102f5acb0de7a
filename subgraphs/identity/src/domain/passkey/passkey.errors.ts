import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, AppError, Conflict } from '@polity/kernel/graph/errors';

/** Thrown for every cause of a refused ceremony alike: unknown key, wrong or used challenge, origin, counter, signature. */
export class PasskeyInvalid extends AppError {
  constructor(cause?: unknown) {
    super('PASSKEY_INVALID', 'This passkey was not accepted. Try again, or use another way to sign in.', {}, cause);
  }
}

/** Thrown when removing a passkey would leave the account without a way in. */
export class LastSignInMethod extends AppError {
  constructor() {
    super(
      'LAST_SIGN_IN_METHOD',
      'This is the only way into your account. Set a password or add another passkey first.',
    );
  }
}

/** Thrown past the number of passkeys that one account may have. */
export class TooManyPasskeys extends Conflict {
  constructor(limit: number) {
    super(`An account has at most ${limit} passkeys. Remove one first.`, { limit });
  }
}

export const passkeyErrors: ConstraintErrors = {
  passkey_credential_id_unique: (cause) => new AlreadyExists('This passkey is registered already.', {}, cause),
};
