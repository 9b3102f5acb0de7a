import { AppError, Conflict, Forbidden } from '@polity/kernel/graph/errors';

/** The platform would be left without anyone who can act in an emergency. */
export const lastAdministrator = () =>
  new AppError('LAST_ADMINISTRATOR', 'The last system administrator stays until there is another.');

export const notYourself = () => new Conflict('Nobody suspends themselves.');

export const beyondOwnTerm = () =>
  new Forbidden('You administer for a time yourself; nobody administers longer by you.');
