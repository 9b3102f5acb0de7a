import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, AppError, Conflict, Forbidden } from '@polity/kernel/graph/errors';

/** Thrown for a second membership of one person in one community. */
export class AlreadyMember extends AlreadyExists {
  constructor(status: string, cause?: unknown) {
    super('There is a membership already.', { status }, cause);
  }
}

export const membershipErrors: ConstraintErrors = {
  community_membership_unique: (cause) => new AlreadyMember('ACTIVE', cause),
};

/** Thrown when nobody would be left to run the community. */
export class LastOwner extends AppError {
  constructor() {
    super('LAST_OWNER', 'A community keeps at least one owner.');
  }
}

/** Thrown when the viewer may not become a member by themselves. */
export class NotInvited extends Forbidden {
  constructor() {
    super('You may not join this community without an invitation.', { reason: 'NOT_INVITED' });
  }
}

/** Thrown when someone who was banned would come back. */
export class Banned extends Conflict {
  constructor() {
    super('This person was banned from the community.', { reason: 'BANNED' });
  }
}
