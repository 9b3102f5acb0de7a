import { AppError, Forbidden, NotFound } from '@polity/kernel/graph/errors';

export const bindingNotFound = () => new NotFound('Role binding');

/** Nobody grants what they do not hold; `missing` lists the permission codes that the viewer lacks at the scope. */
export const beyondOwnAccess = (missing: readonly string[]) =>
  new Forbidden('This role grants more than you hold here.', { missing: [...missing] });

/** The scope would be left without an owner. */
export const lastOwner = () => new AppError('LAST_OWNER', 'The last owner stays until there is another.');
