import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FormattedExecutionResult } from 'graphql';

/** What an evaluation of a subscription comes to. */
export type Evaluation =
  /** An answer to show, unless it is the one that was shown last. */
  | { show: FormattedExecutionResult }
  /** Nothing to show for now; to be tried again after that time. */
  | { againMs: number }
  /** The last word. */
  | { end: FormattedExecutionResult };

export interface StreamOptions {
  evaluate(): Promise<Evaluation>;
  /** Whether the client has yet to take what was sent to it. */
  isBehind(): boolean;
  /** For how long it may be: then the stream ends. */
  patienceMs?: number;
  /** Called once, however the stream ends. */
  onEnd(): void;
}

/** Answers to one subscription. What happens while the client is behind, or an answer is worked out, is one change. */
export interface Stream extends AsyncGenerator<FormattedExecutionResult, void, undefined> {
  /** Something happened that the answer may show. */
  changed(): void;
}

/** How often a client that is behind is looked at, and how long it may be. */
const LOOK_MS = 100;
const MAX_BEHIND_MS = 30_000;

class LiveStream implements Stream {
  readonly #options: StreamOptions;
  #isStale = true;
  #ended = false;
  #wake = () => {};
  /** Digest of the answer that was shown last. */
  #shown = '';

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  changed(): void {
    this.#isStale = true;
    this.#wake();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#wake();
    this.#options.onEnd();
  }

  async #untilStale(): Promise<void> {
    while (!this.#isStale && !this.#ended) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  async #untilTaken(): Promise<void> {
    const until = Date.now() + (this.#options.patienceMs ?? MAX_BEHIND_MS);
    while (this.#options.isBehind() && !this.#ended) {
      if (Date.now() > until) this.#end();
      await sleep(LOOK_MS);
    }
  }

  /** What is to be shown of an evaluation; null for nothing. */
  #news(evaluation: Evaluation): FormattedExecutionResult | null {
    if ('end' in evaluation) {
      this.#end();
      return evaluation.end;
    }
    if ('againMs' in evaluation) {
      setTimeout(() => this.changed(), evaluation.againMs).unref();
      return null;
    }
    const digest = hash('sha256', JSON.stringify(evaluation.show), 'base64');
    if (digest === this.#shown) return null;
    this.#shown = digest;
    return evaluation.show;
  }

  async next(): Promise<IteratorResult<FormattedExecutionResult, void>> {
    for (;;) {
      await this.#untilStale();
      await this.#untilTaken();
      if (this.#ended) return { done: true, value: undefined };
      this.#isStale = false;
      const evaluation = await this.#options.evaluate();
      const value = this.#ended ? null : this.#news(evaluation);
      if (value) return { done: false, value };
    }
  }

  async return(): Promise<IteratorResult<FormattedExecutionResult, void>> {
    this.#end();
    return { done: true, value: undefined };
  }

  throw(): Promise<IteratorResult<FormattedExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
  }
}

/** A stream that asks when it is read first, and then after each change. */
export const liveStream = (options: StreamOptions): Stream => new LiveStream(options);
