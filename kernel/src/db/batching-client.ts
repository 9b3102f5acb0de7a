import pg from 'pg';

type Answer = pg.QueryResult;

const BEGINS = /^(begin|start transaction)/i;
const READS_ONLY = /^start transaction read only$/i;
const SETS_TENANT = /^select set_config\(/i;
const ENDS = /^(commit|rollback)$/i;
const ROLLBACK = /^rollback$/i;
const DONE = { command: '', rowCount: null, oid: 0, fields: [], rows: [] } satisfies Answer;

/**
 * Client that sends what opens a transaction together with its first statement, as one message: where the opening fails, the statement is not
 * run. The end of a transaction that only read is not waited for. A read costs one round trip instead of four. For a pool with `pipeline: true`.
 *
 * Begin and rollback never fail here. Kysely gives a connection back to the pool only after they have succeeded
 * (https://github.com/kysely-org/kysely/issues/1990), so that every connection which died within a transaction would be missing for ever.
 */
export class BatchingClient extends pg.Client {
  /** What opens a transaction and was not sent yet. */
  #held: string[] = [];
  #readsOnly = false;
  /** Why the open transaction is none. */
  #failure: unknown = null;

  // biome-ignore lint/suspicious/noExplicitAny: the ways to call `query` are those of the class that this one extends.
  override query(...given: any[]): any {
    const [statement, values] = given;
    const text = typeof statement === 'string' ? statement : statement?.text;
    // Whoever hands over a callback or a statement that sends itself keeps its order.
    if (typeof text !== 'string' || typeof given.at(-1) === 'function') return this.#send(given);
    if (BEGINS.test(text)) return this.#begin(text);
    if (SETS_TENANT.test(text)) return this.#hold([...this.#held, text]);
    if (ENDS.test(text)) return this.#finish(text);
    if (this.#failure) return Promise.reject(this.#failure);
    const held = this.#held;
    if (held.length === 0) return this.#send(given);
    this.#held = [];
    const one = statement === text && !values?.length;
    const answer = one
      ? this.#send([[...held, text].join(';\n')])
      : Promise.all([this.#send([held.join(';\n')]), this.#send(given)]);
    return answer.then(last, (error: unknown) => {
      this.#failure = error;
      throw error;
    });
  }

  #begin(text: string): Promise<Answer> {
    this.#readsOnly = READS_ONLY.test(text);
    return this.#hold([text]);
  }

  #hold(statements: string[]): Promise<Answer> {
    this.#held = statements;
    return Promise.resolve(DONE);
  }

  #finish(text: string): Promise<Answer> {
    // What was not sent is not open.
    const unsent = BEGINS.test(this.#held[0] ?? '');
    [this.#held, this.#failure] = [[], null];
    if (unsent) return Promise.resolve(DONE);
    const answer = this.#send([text]);
    if (ROLLBACK.test(text)) return answer.catch(() => this.#giveUp());
    if (!this.#readsOnly) return answer;
    // Nothing was written that could be lost: at worst the connection is, and whoever uses it next hears of that.
    answer.catch(() => undefined);
    return Promise.resolve(DONE);
  }

  /** Closes a connection on which nobody knows what is open; the pool then drops it instead of lending it again. */
  #giveUp(): Answer {
    this.end().catch(() => undefined);
    return DONE;
  }

  #send(given: unknown[]): Promise<Answer> {
    return (super.query as (...all: unknown[]) => Promise<Answer>).apply(this, given);
  }
}

/** One message of several statements is answered with as many results. */
const last = (answer: Answer | Answer[]): Answer => (Array.isArray(answer) ? (answer.at(-1) as Answer) : answer);
