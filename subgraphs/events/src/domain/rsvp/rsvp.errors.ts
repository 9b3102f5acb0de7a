import { Conflict } from '@polity/kernel/graph/errors';

/** Thrown for an answer that comes too late, or for what is no longer answered. */
export class RsvpClosed extends Conflict {
  constructor() {
    super('Answers are not taken any more.', { reason: 'RSVP_CLOSED' });
  }
}

/** Thrown where somebody who is going would bring more guests than there is room for; their answer stays as it was. */
export class NoRoom extends Conflict {
  constructor() {
    super('There is no room for so many.', { reason: 'NO_ROOM' });
  }
}

/** Thrown for somebody who answered for more single dates than are kept. */
export class TooManyAnswers extends Conflict {
  constructor() {
    super('Too many dates of this series have an answer of their own; answer to the whole.', {
      reason: 'TOO_MANY_ANSWERS',
    });
  }
}
