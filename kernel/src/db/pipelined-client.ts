import pg from 'pg';

type Answer = pg.QueryResult;

const READ_ONLY = /^start transaction read only$/i;
const ANEW = /^(begin|start transaction|rollback$)/i;
const SET_TENANT = /^select set_config\(/i;
const COMMIT = /^commit$/i;
const DONE = { command: '', rowCount: null, oid: 0, fields: [], rows: [] } satisfies Answer;

/** Answers now; should the statement fail, those that it was sent ahead of say so. */
function unheard(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => undefined);
  return Promise.resolve(DONE);
}

/**
 * Client that does not wait where nothing can be decided yet: what opens a transaction that only reads, and the naming of the tenant in
 * any, travel together with the first statement, and the end of one that only read is not waited for. A read costs one round trip
 * instead of four. A statement is answered only when all that was sent before it has succeeded. For a pool with `pipeline: true`.
 */
export class PipelinedClient extends pg.Client {
  /** What the open transaction has sent without waiting. */
  private ahead: Promise<Answer>[] = [];
  private readOnly = false;

  // biome-ignore lint/suspicious/noExplicitAny: the ways to call `query` are those of the class that this one extends.
  override query(...given: any[]): any {
    const [text] = given;
    const answer = (super.query as (...all: unknown[]) => Promise<Answer>).apply(this, given);
    return typeof text === 'string' && typeof answer?.then === 'function' ? this.answerTo(text, answer) : answer;
  }

  private answerTo(text: string, answer: Promise<Answer>): Promise<Answer> {
    if (READ_ONLY.test(text)) {
      [this.ahead, this.readOnly] = [[answer], true];
      return unheard(answer);
    }
    if (ANEW.test(text)) {
      [this.ahead, this.readOnly] = [[], false];
      return answer;
    }
    if (SET_TENANT.test(text)) {
      this.ahead.push(answer);
      return unheard(answer);
    }
    const { ahead, readOnly } = this;
    if (COMMIT.test(text)) {
      [this.ahead, this.readOnly] = [[], false];
      // Nothing was written that could be lost: at worst the connection is, and whoever uses it next hears of that.
      if (readOnly) return unheard(answer);
    }
    return ahead.length === 0 ? answer : Promise.all([...ahead, answer]).then((all) => all.at(-1) as Answer);
  }
}
