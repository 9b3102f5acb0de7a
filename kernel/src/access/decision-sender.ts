import type { Logger } from '../log/logger.ts';
import type { RequestInfo } from '../request/context.ts';
import type { ServiceClient } from '../service/client.ts';
import type { Decision } from './decide.ts';
import { fairShare } from './fair-share.ts';

/** One decision as it travels to the log of the access subgraph. */
export interface SentDecision {
  decision: Decision;
  /** ISO 8601. */
  at: string;
  subjectId: string | null;
  requestId: string;
}

/** Hands decisions that were taken in this process to the access subgraph's log, in batches and beside the requests. */
export interface DecisionSender {
  /** Keeps a decision about this subject, once per request. */
  note(decision: Decision, info: Pick<RequestInfo, 'tenantId' | 'requestId'>, subjectId: string | null): void;
  /** Sends what is kept. */
  flush(): Promise<void>;
  /** The same, and stops. */
  close(): Promise<void>;
}

export interface DecisionSenderOptions {
  services(tenantId: string | null): ServiceClient;
  log: Logger;
  /** Share of ordinary allows that are sent, 0 to 1 (0.01). Denials, overrides and system administrators are sent always. */
  allowShare?: number;
  intervalMs?: number;
}

/** Entries kept between two sendings; when more come, the newest are left out and counted. */
const CAPACITY = 5_000;
/** The most of them about one subject; all anonymous viewers of a tenant are one. */
const PER_SUBJECT = 1_000;
/** Entries of one call, well below the largest body that a service takes. */
const PER_CALL = 1_000;
/** Codes and ids come from clients as they are, and what is kept must have an end. */
const MAX_TEXT = 200;
const SEND = 'mutation LogDecisions($entries: JSON!) { _logDecisions(entries: $entries) }';

const cut = (text: string) => (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);

const bounded = (decision: Decision): Decision => ({
  ...decision,
  permission: cut(decision.permission),
  scope: { type: decision.scope.type, id: cut(decision.scope.id) },
});

/** A sender for one process; its timer keeps no process alive. */
export function decisionSender(options: DecisionSenderOptions): DecisionSender {
  const { services, log, allowShare = 0.01, intervalMs = 1_000 } = options;
  const kept = new Map<string, { tenantId: string; entry: SentDecision }>();
  const share = fairShare(PER_SUBJECT);
  let left = 0;

  async function send(): Promise<void> {
    const [batch, lost] = [[...kept.values()], left];
    kept.clear();
    share.reset();
    left = 0;
    if (lost > 0) log.warn({ lost }, 'decisions were left out of the log');
    for (const [tenantId, all] of Map.groupBy(batch, (each) => each.tenantId)) {
      for (let from = 0; from < all.length; from += PER_CALL) {
        const entries = all.slice(from, from + PER_CALL).map(({ entry }) => entry);
        await services(tenantId)
          .call('access', SEND, { entries })
          .catch((error: unknown) =>
            log.warn({ err: error, entries: entries.length }, 'decisions could not be logged'),
          );
      }
    }
  }

  const timer = setInterval(() => void send(), intervalMs);
  timer.unref();
  return {
    note(given, { tenantId, requestId }, subjectId) {
      const { allowed, reason } = given;
      if (!tenantId || (allowed && reason === 'ROLE' && Math.random() >= allowShare)) return;
      const decision = bounded(given);
      const { permission, scope, version } = decision;
      // Door and verb of one request may ask alike, and so may each row of a list.
      const key = JSON.stringify([requestId, tenantId, subjectId, reason, version, scope.type, scope.id, permission]);
      if (kept.has(key)) return;
      const entry = { decision, at: new Date().toISOString(), subjectId, requestId };
      if (kept.size < CAPACITY && share.take(`${tenantId} ${subjectId}`)) kept.set(key, { tenantId, entry });
      else left += 1;
    },
    flush: send,
    async close() {
      clearInterval(timer);
      await send();
    },
  };
}
