/**
 * Why a request did not go out or brought nothing: the URL is none that may be asked · its host resolves to an address that may not be
 * reached · the host does not resolve, connect or speak HTTP · total time · bytes of the answer.
 */
export type OutboundCode = 'URL_REFUSED' | 'ADDRESS_REFUSED' | 'UNREACHABLE' | 'TIMED_OUT' | 'TOO_LARGE';

/** Thrown by the outbound client. The message names no address, so that whoever chose the URL learns nothing of the own network. */
export class OutboundError extends Error {
  readonly code: OutboundCode;

  constructor(code: OutboundCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutboundError';
    this.code = code;
  }
}
