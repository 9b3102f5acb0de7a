import { AlreadyExists, Conflict } from '@polity/kernel/graph/errors';

/** Thrown when the slug is taken in the community. */
export class TeamSlugTaken extends AlreadyExists {
  constructor(slug: string, cause: unknown) {
    super('A team with this slug exists in the community.', { slug }, cause);
  }
}

/** Thrown when the person is in the team. */
export class AlreadyInTeam extends AlreadyExists {
  constructor(cause: unknown) {
    super('This person is in the team already.', {}, cause);
  }
}

/** Thrown when someone would join a team of a community to which they do not belong. */
export class NotInCommunity extends Conflict {
  constructor() {
    super('Only members of the community can be in its teams.', { reason: 'NOT_IN_COMMUNITY' });
  }
}
