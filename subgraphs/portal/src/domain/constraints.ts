import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { AppError } from '@polity/kernel/graph/errors';

/** Waits for the work and turns the breach of the named unique constraint into the error of its noun. */
export async function translated<T>(
  work: Promise<T>,
  constraint: string,
  toError: (cause: UniqueConstraintViolationException) => AppError,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (
      error instanceof UniqueConstraintViolationException &&
      'constraint' in error &&
      error.constraint === constraint
    ) {
      throw toError(error);
    }
    throw error;
  }
}
