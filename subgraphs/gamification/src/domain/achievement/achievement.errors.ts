import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, Conflict } from '@polity/kernel/graph/errors';

/** Thrown for what an archived achievement does not allow. */
export class AchievementArchived extends Conflict {
  constructor() {
    super('This achievement is archived.', { reason: 'ACHIEVEMENT_ARCHIVED' });
  }
}

export const achievementErrors: ConstraintErrors = {
  achievement_key_unique: (cause) => new AlreadyExists('An achievement with this key exists.', {}, cause),
};
