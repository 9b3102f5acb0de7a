import { AlreadyExists, Conflict } from '@polity/kernel/graph/errors';
import type { GrantStatus } from './grant.entity.ts';

/** Thrown where the person has the achievement in this period. */
export class AlreadyGranted extends AlreadyExists {
  constructor() {
    super('This person has this achievement already.');
  }
}

/** Thrown for a grant that does not stand any more. */
export class GrantEnded extends Conflict {
  constructor(status: GrantStatus) {
    super('This grant does not stand any more.', { reason: 'GRANT_ENDED', status });
  }
}
