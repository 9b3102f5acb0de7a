import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, Conflict, Forbidden } from '@polity/kernel/graph/errors';
import type { PollRow } from './poll.entity.ts';

/** Thrown for what the status of a poll does not allow; `details` say which status it has. */
export class WrongStatus extends Conflict {
  constructor({ status }: Pick<PollRow, 'status'>, message: string) {
    super(message, { reason: 'POLL_STATUS', status });
  }
}

/** Thrown for a ballot that comes before a poll opens or after it closed. */
export class PollNotOpen extends Conflict {
  constructor(status: string) {
    super('This poll is not open.', { reason: 'POLL_NOT_OPEN', status });
  }
}

/** Thrown where a ballot is there and may not be replaced, or only with its receipt. */
export class AlreadyVoted extends Conflict {
  constructor(message: string) {
    super(message, { reason: 'ALREADY_VOTED' });
  }
}

/** Thrown to people who see a poll and are not on its roll. */
export class NotEligible extends Forbidden {
  constructor() {
    super('You are not on the roll of this poll.', { reason: 'NOT_ELIGIBLE' });
  }
}

export const pollErrors: ConstraintErrors = {
  poll_external_key_unique: (cause) => new AlreadyExists('A poll with this external key exists.', {}, cause),
  poll_option_position_unique: (cause) =>
    new Conflict('The options changed meanwhile. Try again.', { reason: 'OPTIONS_CHANGED' }, cause),
};
