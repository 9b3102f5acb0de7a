import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '@polity/kernel/graph/errors';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { OutboundReply } from '@polity/kernel/http/outbound';
import { OutboundError } from '@polity/kernel/http/outbound-error';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import type { Ports } from '../../ports.ts';
import type { CalendarImport } from '../ics/import.report.ts';
import { takeCalendar } from '../ics/import.service.ts';
import { isCalendar } from '../ics/read.ts';
import { CalendarSubscription } from './subscription.entity.ts';
import { REFRESH } from './subscription.service.ts';

const MINUTE_MS = 60_000;
/** From one answer to the next question. */
const EVERY_MS = 6 * 60 * MINUTE_MS;
/** After the first failure; it doubles with each, up to a day. */
const FIRST_PAUSE_MS = 15 * MINUTE_MS;
const LONGEST_PAUSE_MS = 24 * 60 * MINUTE_MS;
/** Failures in a row after which nobody asks again: about two weeks. */
const MAX_FAILURES = 20;
const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

type Outcome =
  | { kind: 'unchanged' }
  | { kind: 'taken'; report: CalendarImport; etag: string | null; lastModified: string | null }
  | { kind: 'failed'; problem: string }
  | { kind: 'stopped'; problem: string };

const header = (reply: OutboundReply, name: string): string | null => {
  const value = reply.headers[name];
  return typeof value === 'string' && value.length <= 500 ? value : null;
};

/** Asks the server for the calendar, unless it is as it was. Throws OutboundError. */
const ask = ({ outbound }: Runtime, { url, etag, lastModified }: CalendarSubscription, signal: AbortSignal) =>
  outbound.send(url, {
    headers: {
      accept: 'text/calendar',
      ...(etag && { 'if-none-match': etag }),
      ...(lastModified && { 'if-modified-since': lastModified }),
    },
    ...{ maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, signal },
  });

async function outcomeOf(
  ctx: Context,
  runtime: Runtime,
  subscription: CalendarSubscription,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const reply = await ask(runtime, subscription, signal);
    if (reply.status === 304) return { kind: 'unchanged' };
    const text = reply.body.toString('utf8').replace(/^\uFEFF/, '');
    if (reply.status !== 200) return { kind: 'failed', problem: `The server answered ${reply.status}.` };
    if (!isCalendar(text)) return { kind: 'failed', problem: 'What the server answered is no calendar.' };
    const report = await takeCalendar(ctx, subscription.scopeRef(), text, async () => signal.throwIfAborted());
    return { kind: 'taken', report, etag: header(reply, 'etag'), lastModified: header(reply, 'last-modified') };
  } catch (error) {
    if (error instanceof OutboundError && !signal.aborted) return { kind: 'failed', problem: error.message };
    if (!(error instanceof AppError) || error.code === 'SUBGRAPH_UNAVAILABLE') throw error;
    // Whoever subscribed may not make events there any more, or the community is archived.
    return { kind: 'stopped', problem: error.message };
  }
}

/** When it is asked again, and what is remembered; a tenth of chance keeps many that began at once from asking at once. */
function after(outcome: Outcome, { failures }: CalendarSubscription, nowMs: number) {
  const soon = (ms: number) => new Date(nowMs + ms * (0.95 + Math.random() / 10));
  const well = { failures: 0, problem: null, nextRefreshAt: soon(EVERY_MS), refreshedAt: new Date(nowMs) };
  if (outcome.kind === 'unchanged') return well;
  if (outcome.kind === 'taken') {
    const { created, updated, unchanged, refused } = outcome.report;
    const { etag, lastModified } = outcome;
    return { ...well, etag, lastModified, created, updated, unchanged, refused: refused.length };
  }
  const times = failures + 1;
  const isOver = outcome.kind === 'stopped' || times >= MAX_FAILURES;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
  return {
    ...{ failures: times, problem: outcome.problem, refreshedAt: new Date(nowMs) },
    ...(isOver ? { status: 'STOPPED' as const, nextRefreshAt: null } : { nextRefreshAt: soon(pause) }),
  };
}

/** Asks for one subscribed calendar and takes what has changed, as the person who subscribed. Safe to repeat. The log names no address. */
export const refreshJob: JobDefinition<Ports, Context> = {
  name: REFRESH,
  async run({ key, tenantId, signal }, runtime, _ports, open) {
    if (!tenantId) throw new TypeError('a subscription is one of a tenant');
    const subscription = await runtime.em(tenantId).findOne(CalendarSubscription, { id: key });
    if (subscription?.status !== 'ACTIVE') return { result: 'nothing to ask for' };
    const ctx = open(personRequest(tenantId, subscription.userId));
    const outcome = await outcomeOf(ctx, runtime, subscription, signal);
    const changes = after(outcome, subscription, runtime.clock.nowMs());
    await runtime.em(tenantId).transactional(async (em) => {
      const tx = em as EntityManager;
      // One that was ended meanwhile stays ended.
      const changed = await tx.nativeUpdate(CalendarSubscription, { id: key, status: 'ACTIVE' }, changes);
      if (changed > 0 && changes.nextRefreshAt)
        await enqueueJob(tx, { job: REFRESH, tenantId, key, at: changes.nextRefreshAt });
    });
    return { result: outcome.kind };
  },
};
