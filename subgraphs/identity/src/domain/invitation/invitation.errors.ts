import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AppError } from '@polity/kernel/graph/errors';

/** Thrown for an invitation that is unknown, used up, used by this person, revoked, too old or for another address: the six cannot be told apart. */
export class InvitationInvalid extends AppError {
  constructor(cause?: unknown) {
    super('INVITATION_INVALID', 'This invitation is not valid. Ask for a new one.', {}, cause);
  }
}

export const useErrors: ConstraintErrors = {
  invitation_use_invitation_id_user_id_unique: (cause) => new InvitationInvalid(cause),
};

/** Thrown for an invitation that is good, but gives what whoever made it could not give now. */
export class InvitationOutdated extends AppError {
  constructor() {
    super(
      'INVITATION_OUTDATED',
      'Whoever made this invitation may not give any more what it gives. Ask for a new one.',
    );
  }
}
