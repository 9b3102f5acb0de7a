import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, Conflict } from '@polity/kernel/graph/errors';

/** Thrown for anything that would add to an archived community. */
export class CommunityArchived extends Conflict {
  constructor() {
    super('This community is archived.', { reason: 'COMMUNITY_ARCHIVED' });
  }
}

/** Thrown when the slug is taken in the tenant, by a community that the viewer may or may not see. */
class CommunitySlugTaken extends AlreadyExists {
  constructor(slug: string, cause: unknown) {
    super('A community with this slug exists.', { slug }, cause);
  }
}

export const slugErrors = ({ slug = '' }: { slug?: string | undefined }): ConstraintErrors => ({
  community_slug_unique: (cause) => new CommunitySlugTaken(slug, cause),
});
