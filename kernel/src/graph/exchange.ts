import type { Dispatcher, Pool } from 'undici';
import { AnswerTooLarge } from './answer-size.ts';
import { Cancelled } from './errors.ts';

/** A POST to another service. */
export interface Post {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** An answer, read whole. */
export interface PostReply {
  status: number;
  text: string;
}

export interface ExchangeBounds {
  /** Of the whole, from the wait for a connection to the last byte, so that nobody is kept waiting by an answer that drips. */
  timeoutMs: number;
  maxBytes: number;
  /** Ends the exchange, and with it the connection that it took. */
  signal?: AbortSignal | undefined;
}

/** Sends a POST and reads its answer. Throws AnswerTooLarge, Cancelled, and other errors for an answer that does not come. */
export function exchange(pool: Pool, post: Post, { timeoutMs, maxBytes, signal }: ExchangeBounds): Promise<PostReply> {
  if (signal?.aborted) return Promise.reject(new Cancelled());
  const { promise, resolve, reject } = Promise.withResolvers<PostReply>();
  let controller: Dispatcher.DispatchController | undefined;
  let failure: Error | undefined;
  let status = 0;
  let bytes = 0;
  const chunks: Buffer[] = [];

  const cancel = () => stop(new Cancelled());
  function settled(): void {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }

  function stop(reason: Error): void {
    settled();
    failure ??= reason;
    reject(failure);
    controller?.abort(failure);
  }

  const timer = setTimeout(() => stop(new Error('The answer did not come in time.')), timeoutMs);
  signal?.addEventListener('abort', cancel);
  // The timer is for all of it; undici's own are for parts, and begin anew with each byte.
  const options = { ...post, method: 'POST', headersTimeout: 0, bodyTimeout: 0 } as const;
  pool.dispatch(options, {
    onRequestStart(started) {
      controller = started;
      if (failure) started.abort(failure);
    },
    onResponseStart(_controller, statusCode) {
      status = statusCode;
    },
    onResponseData(_controller, chunk) {
      bytes += chunk.length;
      if (bytes > maxBytes) stop(new AnswerTooLarge());
      else chunks.push(chunk);
    },
    onResponseEnd() {
      settled();
      const [only, ...more] = chunks;
      resolve({ status, text: (only && more.length === 0 ? only : Buffer.concat(chunks)).toString('utf8') });
    },
    onResponseError: (_controller, error) => stop(error),
  });
  return promise;
}
