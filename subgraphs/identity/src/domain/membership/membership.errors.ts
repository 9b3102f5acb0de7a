import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists } from '@polity/kernel/graph/errors';

/** Thrown when somebody joins a tenant to which they belong. */
export class AlreadyMember extends AlreadyExists {
  constructor(cause?: unknown) {
    super('You are a member of this tenant already.', {}, cause);
  }
}

export const membershipErrors: ConstraintErrors = {
  tenant_membership_tenant_id_user_id_unique: (cause) => new AlreadyMember(cause),
};
