import { ConstraintViolationException } from '@mikro-orm/core';
import type { AppError } from '../graph/errors.ts';

/** By name of a database constraint, the error that its breach is for clients; each noun declares its own in `<noun>.errors.ts`. */
export type ConstraintErrors = Readonly<Record<string, (cause: unknown) => AppError>>;

/** The declared error for the breach of a constraint with that name; every other error as it is. */
export function constraintErrorOr(error: unknown, errors: ConstraintErrors): unknown {
  if (!(error instanceof ConstraintViolationException) || !('constraint' in error)) return error;
  const name = String(error.constraint);
  return Object.hasOwn(errors, name) ? errors[name]?.(error) : error;
}
