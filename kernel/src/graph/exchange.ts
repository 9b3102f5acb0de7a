import type { Dispatcher, Pool } from 'undici';
import { AnswerTooLarge } from './answer-size.ts';

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

/**
 * Sends a POST and reads its answer. The time in milliseconds is that of the whole, from the wait for a connection to the last byte, so that
 * nobody is kept waiting by an answer that drips. Throws AnswerTooLarge, and other errors for an answer that does not come.
 */
export function exchange(pool: Pool, post: Post, timeoutMs: number, maxBytes: number): Promise<PostReply> {
  const { promise, resolve, reject } = Promise.withResolvers<PostReply>();
  let controller: Dispatcher.DispatchController | undefined;
  let failure: Error | undefined;
  let status = 0;
  let bytes = 0;
  const chunks: Buffer[] = [];

  function stop(reason: Error): void {
    clearTimeout(timer);
    failure ??= reason;
    reject(failure);
    controller?.abort(failure);
  }

  const timer = setTimeout(() => stop(new Error('The answer did not come in time.')), timeoutMs);
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
      clearTimeout(timer);
      const [only, ...more] = chunks;
      resolve({ status, text: (only && more.length === 0 ? only : Buffer.concat(chunks)).toString('utf8') });
    },
    onResponseError: (_controller, error) => stop(error),
  });
  return promise;
}
