import type pg from 'pg';

type Answer = pg.QueryResult;

const BEGINS = /^(begin|start transaction)/i;
const READS_ONLY = /^start transaction read only$/i;
const SETS_TENANT = /^select set_config\(/i;
const ENDS = /^(commit|rollback)$/i;
const ROLLBACK = /^rollback$/i;
const DONE = { command: '', rowCount: null, oid: 0, fields: [], rows: [] } satisfies Answer;

const ignore = () => undefined;

/** A statement that is planned once per connection: its name belongs to its text alone. */
export interface Prepared {
  name: string;
  text: string;
  rowMode: 'array';
  types: pg.CustomTypesConfig;
}

/**
 * What a pool lends in place of a connection. The connection is taken with the first statement and, where a transaction only reads, given
 * back as soon as no statement is under way: a reader that waits for something else holds nothing that others wait for. At PostgreSQL's own
 * isolation (read committed) each statement sees what is committed by then, so it is the same whether two are in one transaction or in two.
 *
 * What opens a transaction goes out together with the first statement, as one message: where the opening fails, the statement is not run.
 * The end of a transaction that only read is not waited for. A read costs one round trip instead of four. For a pool with `pipeline: true`.
 *
 * Begin and rollback never fail here. Kysely gives a connection back to the pool only after they have succeeded
 * (https://github.com/kysely-org/kysely/issues/1990), so that every connection which died within a transaction would be missing for ever.
 */
export class Lease {
  readonly #take: () => Promise<pg.PoolClient>;
  #connection: Promise<pg.PoolClient> | null = null;
  /** What opened the transaction. */
  #opening: string[] = [];
  /** What of it was not sent on this connection yet. */
  #held: string[] = [];
  #readsOnly = false;
  /** Why the open transaction is none. */
  #failure: unknown = null;
  #underWay = 0;
  #toPark = false;
  /** Whether nobody knows what is open on the connection. */
  #broken = false;

  constructor(take: () => Promise<pg.PoolClient>) {
    this.#take = take;
  }

  async query(statement: string | Prepared, values: readonly unknown[] = []): Promise<Answer> {
    if (typeof statement === 'string') {
      if (BEGINS.test(statement)) return this.#begin(statement);
      if (SETS_TENANT.test(statement)) return this.#hold(statement);
      if (ENDS.test(statement)) return this.#finish(statement);
    }
    if (this.#failure) throw this.#failure;
    return this.#statement(statement, values);
  }

  /** Ends the lease; for whoever holds it this is what releasing a connection is. */
  release(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.then((client) => client.release(this.#broken), ignore);
  }

  #begin(text: string): Answer {
    this.#readsOnly = READS_ONLY.test(text);
    return this.#hold(text);
  }

  #hold(statement: string): Answer {
    this.#opening.push(statement);
    this.#held.push(statement);
    return DONE;
  }

  async #statement(statement: string | Prepared, values: readonly unknown[]): Promise<Answer> {
    const held = this.#held.splice(0);
    this.#underWay++;
    try {
      const client = await this.#connected();
      const run = () => client.query(statement as string, [...values]);
      if (held.length === 0) return await run();
      if (typeof statement === 'string' && values.length === 0) {
        return last(await client.query([...held, statement].join(';\n')));
      }
      return (await Promise.all([client.query(held.join(';\n')), run()]))[1];
    } catch (error) {
      if (held.length > 0) this.#failure = error;
      throw error;
    } finally {
      this.#underWay--;
      if (this.#readsOnly) this.#parkWhenIdle();
    }
  }

  /** One promise for all statements, so that they go out in the order in which they came. */
  #connected(): Promise<pg.PoolClient> {
    this.#connection ??= this.#take().catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  /** What follows from an answer at once, such as the next statement, comes before the connection is given back. */
  #parkWhenIdle(): void {
    if (this.#toPark || this.#underWay > 0) return;
    this.#toPark = true;
    setImmediate(() => {
      this.#toPark = false;
      if (this.#underWay === 0) this.#park();
    });
  }

  #park(): void {
    // Nothing was written that could be lost: at worst the connection is, and whoever uses it next hears of that.
    this.#connection?.then((client) => client.query('commit').catch(ignore), ignore);
    this.release();
    [this.#held, this.#failure] = [[...this.#opening], null];
  }

  async #finish(text: string): Promise<Answer> {
    const connection = this.#connection;
    const unsent = BEGINS.test(this.#held[0] ?? '');
    [this.#opening, this.#held, this.#failure] = [[], [], null];
    // What was not sent is not open.
    if (unsent || !connection) return DONE;
    if (this.#readsOnly) {
      this.#park();
      return DONE;
    }
    const answer = connection.then((client) => client.query(text));
    if (!ROLLBACK.test(text)) return answer;
    return answer.catch(() => {
      this.#broken = true;
      return DONE;
    });
  }
}

/** One message of several statements is answered with as many results. */
const last = (answer: Answer | Answer[]): Answer => (Array.isArray(answer) ? (answer.at(-1) as Answer) : answer);
