import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { AppError, Conflict } from '@polity/kernel/graph/errors';

/** Thrown for whatever a provider answered that is not accepted: state, browser, issuer, audience, nonce, signature, time. The cause is in the log. */
export class UpstreamRefused extends AppError {
  constructor(cause?: unknown) {
    super('UPSTREAM_REFUSED', 'This sign-in was not accepted. Begin it again.', {}, cause);
  }
}

/** Thrown when a provider does not answer, or not as it should. */
export class UpstreamUnavailable extends AppError {
  constructor(cause?: unknown) {
    super('UPSTREAM_UNAVAILABLE', 'The provider does not answer. Try again, or sign in another way.', {}, cause);
  }
}

/** Thrown where an account of a provider is nobody's here, and nobody may sign up with it. */
export class UpstreamUnknown extends AppError {
  constructor() {
    super('UPSTREAM_UNKNOWN', 'No account is linked with this one. Sign in another way and link it.');
  }
}

const taken = (cause: unknown) =>
  new Conflict('This account, or another one of this provider, is linked already.', {}, cause);

export const linkErrors: ConstraintErrors = {
  upstream_link_provider_subject_unique: taken,
  upstream_link_user_id_provider_unique: taken,
};
