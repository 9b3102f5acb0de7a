import { AppError, Conflict } from '@polity/kernel/graph/errors';

/** What is wrong with one operation of a manifest. */
export interface Breach {
  id: string;
  code: string;
  message: string;
}

const MAX_SHOWN = 50;

/** Thrown for a manifest of which nothing was published, because of these operations. */
export class ManifestRefused extends AppError {
  /** Those that are told of. */
  readonly shown: readonly Breach[];

  constructor(breaches: readonly Breach[]) {
    const fields = { manifest: `${breaches.length} of its operations cannot be published` };
    super('VALIDATION_ERROR', 'The manifest holds operations that cannot be published.', {
      fields,
      operations: breaches.slice(0, MAX_SHOWN),
    });
    this.shown = breaches.slice(0, MAX_SHOWN);
  }
}

/** Thrown where an id stands for another text already: requests of clients that are out there would come to mean something else. */
export class IdTaken extends Conflict {
  constructor(ids: readonly string[]) {
    super('An id stands for one text for good, and these stand for others.', { ids: ids.slice(0, MAX_SHOWN) });
  }
}

/** Thrown where an application, or a tenant, has published as many as it may. */
export class TooManyOperations extends Conflict {
  constructor(limit: number) {
    super('There are as many operations as one application may have.', { limit });
  }
}
