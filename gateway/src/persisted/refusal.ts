import { AppError } from '@polity/kernel/graph/errors';

// Clients match these codes, and some the messages, to decide what to send next, so both are as Apollo's servers have them.

/** An id that nobody published, and no hash that a text came with lately: clients then send the text. */
export class PersistedQueryNotFound extends AppError {
  constructor() {
    super('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
  }
}

/** A way of naming operations that is not known here: clients then send texts from now on. */
export class PersistedQueryNotSupported extends AppError {
  constructor() {
    super('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  }
}

/** An id that nobody published, where nothing else is run. */
export class NotInList extends AppError {
  constructor() {
    super('PERSISTED_QUERY_NOT_IN_LIST', 'The operation is not published, and this client may send no other.');
  }
}

/** A text that nobody published, where nothing else is run. */
export class NotInSafelist extends AppError {
  constructor() {
    super('QUERY_NOT_IN_SAFELIST', 'The operation is not published, and this client may send no other.');
  }
}

/** A text where only ids are taken. */
export class IdRequired extends AppError {
  constructor() {
    super('PERSISTED_QUERY_ID_REQUIRED', 'This client may send operations by their id only.');
  }
}

/** A text whose hash is another one than it came with. */
export class HashMismatch extends AppError {
  constructor() {
    super('PERSISTED_QUERY_HASH_MISMATCH', 'The hash is not that of the query.');
  }
}

/** A text beside an id that stands for another one. */
export class IdAndBody extends AppError {
  constructor() {
    super('CANNOT_SEND_PQ_ID_AND_BODY', 'The id stands for another text than the one beside it.');
  }
}

/** Ids that name different operations, or that are none. */
export class UnclearId extends AppError {
  constructor(message: string) {
    super('BAD_REQUEST', message);
  }
}

/** What clients that send hashes first look for in answers with status 200. */
export const statusOf = (error: AppError): number =>
  error instanceof PersistedQueryNotFound || error instanceof PersistedQueryNotSupported ? 200 : 400;
