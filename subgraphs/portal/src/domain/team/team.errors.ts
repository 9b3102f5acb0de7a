import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, Conflict } from '@polity/kernel/graph/errors';

/** Thrown when the slug is taken in the community. */
class TeamSlugTaken extends AlreadyExists {
  constructor(slug: string, cause: unknown) {
    super('A team with this slug exists in the community.', { slug }, cause);
  }
}

/** Thrown when the person is in the team. */
class AlreadyInTeam extends AlreadyExists {
  constructor(cause: unknown) {
    super('This person is in the team already.', {}, cause);
  }
}

export const slugErrors = ({ slug = '' }: { slug?: string | undefined }): ConstraintErrors => ({
  team_slug_unique: (cause) => new TeamSlugTaken(slug, cause),
});

export const membershipErrors: ConstraintErrors = { team_membership_unique: (cause) => new AlreadyInTeam(cause) };

/** Thrown when someone would join a team of a community to which they do not belong. */
export class NotInCommunity extends Conflict {
  constructor() {
    super('Only members of the community can be in its teams.', { reason: 'NOT_IN_COMMUNITY' });
  }
}
