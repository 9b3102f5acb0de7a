import { AlreadyExists } from '@polity/kernel/graph/errors';

/** Thrown when somebody joins a tenant to which they belong. */
export class AlreadyMember extends AlreadyExists {
  constructor(cause?: unknown) {
    super('You are a member of this tenant already.', {}, cause);
  }
}
