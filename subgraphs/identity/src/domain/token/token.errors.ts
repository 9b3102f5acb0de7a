import { AppError } from '@polity/kernel/graph/errors';

/** Thrown for a link or token that is unknown, used, revoked or too old: the four cannot be told apart. */
export class TokenInvalid extends AppError {
  constructor() {
    super('TOKEN_INVALID', 'This link is not valid any more. Ask for a new one.');
  }
}
