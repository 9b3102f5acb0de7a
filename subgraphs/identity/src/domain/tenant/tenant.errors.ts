import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists } from '@polity/kernel/graph/errors';

/** Another tenant has the slug. */
export const slugErrors: ConstraintErrors = {
  tenant_slug_unique: (cause) => new AlreadyExists('This slug is taken.', { field: 'slug' }, cause),
};
