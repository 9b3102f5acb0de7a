import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AppError, Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { roleNotFound } from '../role/role.errors.ts';
import { scopeNotFound } from '../scope/scope.errors.ts';

export const bindingNotFound = () => new NotFound('Role binding');

/** Nobody gives or takes what they do not hold; `missing` lists the permission codes that the viewer lacks at the scope. */
export const beyondOwnAccess = (missing: readonly string[]) =>
  new Forbidden('This is more than you hold here yourself.', { missing: [...missing] });

/** Nobody gives for longer than they hold; `missing` lists the permission codes that the viewer loses before. */
export const beyondOwnTime = (missing: readonly string[]) =>
  new Forbidden('This would last longer than you hold it yourself; say until when.', { missing: [...missing] });

/** The scope would be left without an owner. */
export const lastOwner = () => new AppError('LAST_OWNER', 'The last owner stays until there is another.');

/** The scope or the role was removed while the binding was made. */
export const bindingErrors: ConstraintErrors = {
  role_binding_scope_foreign: scopeNotFound,
  role_binding_role_foreign: roleNotFound,
};
