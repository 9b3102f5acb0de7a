import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../../gateway/test/browser.ts';
import type { OperationClass } from './operations.ts';

/** One answer, or the lack of one, as a client saw it. */
export interface Sample {
  operation: string;
  /** Milliseconds since the load began. */
  at: number;
  ms: number;
  /** `ok`, the code of the first error, or what the connection said. */
  outcome: string;
}

export interface Load {
  readonly samples: Sample[];
  /** Samples of operations that were sent from now on, and before the end where one is given. */
  mark(): (end?: number) => Sample[];
  /** Milliseconds since the load began. */
  now(): number;
  stop(): Promise<void>;
}

/** Those who ask: a crowd, as no single client may send so much as a whole load. */
export interface Clients {
  stranger: Browser;
  members: readonly Browser[];
  administrator: Browser;
}

const PATIENCE_MS = 15_000;
const ADDRESSES = 200;

async function ask(clients: Clients, { as, query, variables }: OperationClass, turn: number): Promise<string> {
  try {
    const browser = as === 'member' ? (clients.members[turn % clients.members.length] as Browser) : clients[as];
    const headers = { 'x-forwarded-for': `203.0.113.${turn % ADDRESSES}` };
    const { status, data, codes } = await browser.ask(query, variables?.(), headers);
    if (codes.length > 0) return codes[0] ?? 'an error without a code';
    return status === 200 && data ? 'ok' : `status ${status}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

/**
 * Sends every class of operations at the same steady rate, whether answers come or not: a client that waits for one answer before it
 * asks again would ask least when things are worst.
 */
export function steadyLoad(operations: readonly OperationClass[], clients: Clients, perSecond: number): Load {
  const samples: Sample[] = [];
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  const over = new AbortController();

  function send(operation: OperationClass, turn: number) {
    const at = performance.now() - began;
    const late = sleep(PATIENCE_MS, 'no answer', { ref: false });
    const call = Promise.race([ask(clients, operation, turn), late]).then((outcome) => {
      samples.push({ operation: operation.name, at, ms: performance.now() - began - at, outcome });
      underWay.delete(call);
    });
    underWay.add(call);
  }

  async function run() {
    for (let sent = 0; !over.signal.aborted; sent++) {
      const operation = operations[sent % operations.length] as OperationClass;
      send(operation, Math.floor(sent / operations.length));
      const next = ((sent + 1) * 1_000) / perSecond - (performance.now() - began);
      if (next > 0) await sleep(next, undefined, { signal: over.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    samples,
    now: () => performance.now() - began,
    mark() {
      const since = performance.now() - began;
      return (end = Number.POSITIVE_INFINITY) => samples.filter(({ at }) => at >= since && at < end);
    },
    async stop() {
      over.abort();
      await running;
      await Promise.all(underWay);
    },
  };
}

/** The time that so many of a hundred answers took at most. */
export function percentile(samples: readonly Sample[], share: number): number {
  const times = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
