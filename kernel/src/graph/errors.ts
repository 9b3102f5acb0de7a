/** Public outcome of a failed operation: `code` and `details` reach the client, `cause` goes to the log only. */
export class AppError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

/** Thrown when the operation needs a signed-in viewer. */
export class Unauthenticated extends AppError {
  constructor(message = 'Sign in first.') {
    super('UNAUTHENTICATED', message);
  }
}

/** Thrown when the viewer may see the thing but not do this to it. */
export class Forbidden extends AppError {
  constructor(message = 'You may not do this.', details: Record<string, unknown> = {}) {
    super('FORBIDDEN', message, details);
  }
}

/** Thrown for what does not exist and for what the viewer may not see: the two answers are the same. */
export class NotFound extends AppError {
  constructor(what = 'This') {
    super('NOT_FOUND', `${what} does not exist.`);
  }
}

/** Thrown when a unique value is taken. */
export class AlreadyExists extends AppError {
  constructor(message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super('ALREADY_EXISTS', message, details, cause);
  }
}

/** Thrown for input that can never succeed; `details.fields` maps each input field to its problem. */
export class InvalidInput extends AppError {
  constructor(fields: Record<string, string>) {
    super('VALIDATION_ERROR', 'Some of the input is not valid.', { fields });
  }
}

/** Thrown when the state of things does not allow the act now. */
export class Conflict extends AppError {
  constructor(message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super('CONFLICT', message, details, cause);
  }
}

/** Thrown when the viewer must wait `retryAfter` seconds. */
export class RateLimited extends AppError {
  constructor(retryAfter: number, message = 'Too many tries. Wait, then try again.') {
    super('RATE_LIMITED', message, { retryAfter: Math.ceil(retryAfter) });
  }
}

/** Thrown when the act needs a session that proved itself in the last minutes; see `reauthenticate`. */
export class StepUpRequired extends AppError {
  constructor(maxAgeSeconds: number) {
    super('STEP_UP_REQUIRED', 'Confirm that it is you, then try again.', { maxAgeSeconds });
  }
}

/** Thrown when another service did not answer in time; `service` is its name, never its address. */
export class SubgraphUnavailable extends AppError {
  constructor(service: string, cause?: unknown) {
    super(
      'SUBGRAPH_UNAVAILABLE',
      'This part is not available right now. Try again.',
      { service, retryable: true },
      cause,
    );
  }
}

/** Thrown for what was given up because whoever asked had gone: no word about the service that was asked. */
export class Cancelled extends AppError {
  constructor() {
    super('CANCELLED', 'Nobody waits for this any more.');
  }
}

/** Thrown when the process sheds load; `retryAfter` is in seconds. */
export class Overloaded extends AppError {
  constructor(retryAfter = 1) {
    super('OVERLOADED', 'Too busy right now. Try again.', { retryAfter });
  }
}
