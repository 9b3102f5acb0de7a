import { AlreadyExists } from '@polity/kernel/graph/errors';

/** Thrown when another tenant has the slug. */
export class SlugTaken extends AlreadyExists {
  constructor(cause?: unknown) {
    super('This slug is taken.', { field: 'slug' }, cause);
  }
}
