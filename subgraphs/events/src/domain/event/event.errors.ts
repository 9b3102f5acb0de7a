import { Conflict, InvalidInput } from '@polity/kernel/graph/errors';

/** Thrown for what cannot be done with an event that was cancelled. */
export class EventCancelled extends Conflict {
  constructor() {
    super('This event is cancelled.', { reason: 'EVENT_CANCELLED' });
  }
}

/** Thrown where more of a series would differ than can be kept. */
export class TooManyChangedDates extends Conflict {
  constructor() {
    super('Too many dates of this series are changed already.', { reason: 'TOO_MANY_CHANGED_DATES' });
  }
}

export const noSuchDate = () => new InvalidInput({ occurrence: 'is no date of this event' });
