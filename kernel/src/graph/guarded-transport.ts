import { setTimeout as sleep } from 'node:timers/promises';
import { getOperationAST } from 'graphql';
import type { Logger } from '../log/logger.ts';
import { metrics } from '../metrics/metrics.ts';
import type { RequestInfo } from '../request/context.ts';
import { type Breaker, type BreakerState, breaker } from './breaker.ts';
import { type Bulkhead, bulkhead } from './bulkhead.ts';
import { Cancelled, SubgraphUnavailable } from './errors.ts';
import { type RetryBudget, retryBudget } from './retry-budget.ts';
import { type Silence, silence } from './silence.ts';
import { CALL_TIMEOUT_MS, type GraphReply, type GraphRequest, patience, type Transport } from './transport.ts';

/** As many calls as an HTTP pool has connections, and a moment for those that find all of them taken. */
const BULKHEAD = { width: 64, queue: 256, waitMs: 50 };
/** Half of at least twenty calls within ten seconds; a second later one call tries. */
const BREAKER = { failureShare: 0.5, minCalls: 20, windowMs: 10_000, openMs: 1_000 };
const RETRY_SHARE = 0.1;
const RETRIES_SAVED = 10;
const RETRY_JITTER_MS = 50;
/** A call that was given less than this and failed says nothing about the service. */
const FAIR_MS = 500;
/** From here on a failure counts as a wait in vain, which one operation does once. */
const VAIN_MS = CALL_TIMEOUT_MS / 2;
/** Longer than any operation takes. */
const REMEMBER_MS = 15_000;

const GAUGE: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };
const SAID: Record<BreakerState, string> = {
  closed: 'a subgraph answers again',
  'half-open': 'one call tries whether a subgraph is back',
  open: 'most calls to a subgraph failed, or it answers none; it is left alone for a moment',
};

interface Guard {
  breaker: Breaker;
  bulkhead: Bulkhead;
  retries: RetryBudget;
  silence: Silence;
}

export interface GuardOptions {
  log: Logger;
  /** Milliseconds of a clock that is never set. */
  now?(): number;
}

/** Subgraphs that an operation waited for in vain; what it asks of them afterwards is not waited for again. */
function waitedInVain(now: () => number) {
  const until = new Map<string, number>();
  const keyOf = (name: string, { requestId, deadline }: RequestInfo) => `${name} ${deadline} ${requestId}`;
  return {
    has: (name: string, info: RequestInfo) => until.has(keyOf(name, info)),
    note(name: string, info: RequestInfo) {
      // Entries lie in the order of their ends, so those that are over are in front.
      for (const [key, end] of until) {
        if (end > now()) break;
        until.delete(key);
      }
      until.set(keyOf(name, info), now() + REMEMBER_MS);
    },
  };
}

function isQuery({ document, query, operationName }: GraphRequest): boolean {
  if (!document) return /^\s*(query\b|\{)/.test(query);
  return getOperationAST(document, operationName)?.operation === 'query';
}

/** Asks whether less time has passed since than an operation waits in vain for. */
function quickSince(now: () => number): () => boolean {
  const startedAt = now();
  return () => now() - startedAt < VAIN_MS;
}

/** Why a call was not made; it is not tried again either. */
class NotCalled extends Error {}

/** Only queries may run twice, and only after a failure on the way to the service. */
const mayTryAgain = (error: unknown, request: GraphRequest) =>
  error instanceof SubgraphUnavailable && !(error.cause instanceof NotCalled) && isQuery(request);

function openGuard(name: string, { log, now }: Required<GuardOptions>): Guard {
  const onChange = (state: BreakerState) => {
    metrics().breakerState.set({ subgraph: name }, GAUGE[state]);
    log.warn({ subgraph: name, breaker: state }, SAID[state]);
  };
  metrics().breakerState.set({ subgraph: name }, GAUGE.closed);
  return {
    breaker: breaker({ ...BREAKER, now, onChange }),
    bulkhead: bulkhead(BULKHEAD),
    retries: retryBudget(RETRY_SHARE, RETRIES_SAVED),
    silence: silence(now),
  };
}

function refuse(name: string, reason: string): never {
  metrics().callsRefused.inc({ subgraph: name, reason });
  throw new SubgraphUnavailable(name, new NotCalled(reason));
}

/** One call within its guard. */
async function attempt(guard: Guard, name: string, info: RequestInfo, call: () => Promise<GraphReply>) {
  const leave = (await guard.bulkhead.enter()) ?? refuse(name, 'bulkhead');
  try {
    if (guard.silence.isSilent()) guard.breaker.trip();
    const report = guard.breaker.admit() ?? refuse(name, 'breaker');
    const given = patience(info, Date.now());
    const end = guard.silence.begin();
    try {
      const reply = await call();
      end(true);
      report('answered');
      return reply;
    } catch (error) {
      end(false);
      report(given < FAIR_MS || error instanceof Cancelled ? 'unknown' : 'failed');
      throw error;
    }
  } finally {
    leave();
  }
}

/**
 * A transport on which one subgraph that hangs or dies takes nothing from the others: so many calls to each at a time, none for a moment
 * where most failed, and a second try for queries that failed at once, as long as not more than a tenth of the calls need one. Calls that
 * nobody waits for pass as they are: those who make them bound them, and try again by themselves.
 */
export function guardedTransport(
  transport: Transport,
  { log, now = () => performance.now() }: GuardOptions,
): Transport {
  const guards = new Map<string, Guard>();
  const vain = waitedInVain(now);

  function guardOf(name: string): Guard {
    const guard = guards.get(name) ?? openGuard(name, { log, now });
    guards.set(name, guard);
    return guard;
  }

  async function tries(guard: Guard, name: string, request: GraphRequest, info: RequestInfo): Promise<GraphReply> {
    const isQuick = quickSince(now);
    // Both tries together have the time of one call.
    const rest = { ...info, deadline: Math.min(info.deadline, Date.now() + CALL_TIMEOUT_MS) };
    try {
      return await attempt(guard, name, info, () => transport.execute(name, request, info));
    } catch (error) {
      if (!isQuick() || !mayTryAgain(error, request) || !guard.retries.spend()) throw error;
      await sleep(Math.random() * RETRY_JITTER_MS);
      metrics().subgraphRetries.inc({ subgraph: name });
      return attempt(guard, name, rest, () => transport.execute(name, request, rest));
    }
  }

  return {
    async execute(name, request, info) {
      if (info.background) return transport.execute(name, request, info);
      if (vain.has(name, info)) refuse(name, 'waited');
      const isQuick = quickSince(now);
      const guard = guardOf(name);
      guard.retries.earn();
      try {
        return await tries(guard, name, request, info);
      } catch (error) {
        if (!isQuick() && !(error instanceof Cancelled)) vain.note(name, info);
        throw error;
      }
    },
    stuckCalls: () => [...guards.values()].reduce((sum, guard) => sum + guard.silence.stuckCalls(), 0),
    close: () => transport.close(),
  };
}
