import { AppError } from '@polity/kernel/graph/errors';

/** Thrown where a tenant's provider alone speaks for a person, and what they want takes a proof of their own. */
export class OwnProofNeeded extends AppError {
  constructor() {
    super(
      'OWN_PROOF_NEEDED',
      'Sign in with your own password, passkey or mailed link, and set up a second factor first.',
    );
  }
}
