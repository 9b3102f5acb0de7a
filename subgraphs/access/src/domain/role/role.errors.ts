import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AlreadyExists, AppError, Conflict, NotFound } from '@polity/kernel/graph/errors';

export const roleNotFound = () => new NotFound('Role');

export const roleKeyTaken = (cause?: unknown) =>
  new AlreadyExists('A role of this key exists for this kind of scope.', {}, cause);

export const roleErrors: ConstraintErrors = { role_key_unique: roleKeyTaken };

/** The edit is based on a version, or the deletion on a number of bindings, that is no longer true. */
export const roleMoved = (details: Record<string, unknown>) =>
  new Conflict('The role has changed since it was read.', details);

/** The tenant's own expectations would not hold; `failures` says which, in sentences. */
export const policyTestFailed = (failures: readonly string[]) =>
  new AppError('POLICY_TEST_FAILED', 'The policy test of this tenant does not hold.', { failures: [...failures] });
