import { AppError } from '@polity/kernel/graph/errors';

/** Thrown for a link or token that is unknown, used, revoked or too old: the four cannot be told apart. */
export class TokenInvalid extends AppError {
  constructor(what: 'link' | 'sign-in' = 'link') {
    const advice = what === 'link' ? 'Ask for a new one.' : 'Sign in again.';
    super('TOKEN_INVALID', `This ${what} is not valid any more. ${advice}`);
  }
}
