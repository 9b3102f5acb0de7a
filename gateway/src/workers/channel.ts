import type { Worker } from 'node:cluster';
import type { MetricValues } from '@polity/kernel/metrics/summed';
import type { SupergraphAct, SupergraphStatus, SupergraphVerdict } from '../graph/command.ts';

/** What the primary of a machine asks of a gateway that works for it. */
export interface Duties {
  /** Answers at once, which a process that is held up does not. */
  ping(): Promise<true>;
  metrics(): Promise<MetricValues>;
  act(act: SupergraphAct): Promise<SupergraphStatus>;
  check(sdl: string): Promise<SupergraphVerdict>;
}

type Duty = keyof Duties;
type Result<Name extends Duty> = Awaited<ReturnType<Duties[Name]>>;

interface Question {
  polity: 'question';
  id: number;
  duty: Duty;
  argument?: string | undefined;
}

interface Answer {
  polity: 'answer';
  id: number;
  result?: unknown;
  error?: string;
}

/** Words between the processes of one machine, beside questions and answers. */
export const SERVING = 'polity serving';
export const LEAVE = 'polity leave';

const isQuestion = (message: unknown): message is Question =>
  typeof message === 'object' && message !== null && (message as Question).polity === 'question';
const isAnswer = (message: unknown, id: number): message is Answer =>
  typeof message === 'object' &&
  message !== null &&
  (message as Answer).polity === 'answer' &&
  (message as Answer).id === id;

/** Has the primary's questions answered from now on. */
export function answerPrimary(duties: Duties): void {
  process.on('message', (message) => {
    if (!isQuestion(message)) return;
    const { id, duty, argument = '' } = message;
    const tell = (answer: Omit<Answer, 'polity' | 'id'>) => process.send?.({ polity: 'answer', id, ...answer });
    const answer = duties[duty] as (argument: string) => Promise<unknown>;
    answer(argument).then(
      (result) => tell({ result }),
      (error: unknown) => tell({ error: (error as Error).message }),
    );
  });
}

let asked = 0;

/** Asks a worker. Throws where it ends, or does not answer in that time. */
export function askWorker<Name extends Duty>(
  worker: Worker,
  duty: Name,
  withinMs: number,
  argument?: string,
): Promise<Result<Name>> {
  const id = ++asked;
  const { promise, resolve, reject } = Promise.withResolvers<Result<Name>>();
  const hear = (message: unknown) => {
    if (!isAnswer(message, id)) return;
    if (message.error === undefined) resolve(message.result as Result<Name>);
    else reject(new Error(message.error));
  };
  const ended = () => reject(new Error('The worker ended.'));
  const timer = setTimeout(() => reject(new Error('The worker does not answer.')), withinMs);
  worker.on('message', hear).once('exit', ended);
  worker.send({ polity: 'question', id, duty, argument } satisfies Question, (error) => error && reject(error));
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', hear).off('exit', ended);
  });
}
