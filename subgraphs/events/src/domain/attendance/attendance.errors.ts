import { Conflict, InvalidInput } from '@polity/kernel/graph/errors';

/** Thrown for whoever checks in by themselves before or after the date. */
export class CheckInClosed extends Conflict {
  constructor() {
    super('One cannot check in now.', { reason: 'CHECK_IN_CLOSED' });
  }
}

export const wrongCode = () => new InvalidInput({ code: 'is not the one that is shown' });
