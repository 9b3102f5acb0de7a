import { Conflict, NotFound } from '@polity/kernel/graph/errors';

export const scopeNotFound = () => new NotFound('Scope');

/** The id already names a scope of another kind, or one of another tenant. */
export const scopeTaken = () => new Conflict('This id already names another scope.');
