import type { EntityManager } from '@mikro-orm/postgresql';
import type { Decision } from '@polity/kernel/access/decide';
import { fairShare } from '@polity/kernel/access/fair-share';
import type { Logger } from '@polity/kernel/log/logger';

/** What a decision was part of. */
export interface Asking {
  at: Date;
  /** Tenant in which it was asked. */
  tenantId: string;
  subjectId: string | null;
  requestId: string;
  /** Whoever asked; null for anonymous viewers. */
  askedBy: string | null;
  /** Whoever sent these has chosen already which to keep. */
  chosen?: boolean;
}

/** Decisions kept in memory and written in batches, so that answering never waits for the log. */
export interface DecisionLog {
  note(decisions: readonly Decision[], asking: Asking): void;
  /** Writes what is kept; for the timer, for tests and for the end of the process. */
  flush(): Promise<void>;
  /** Entries lost because the database did not take them fast enough. */
  readonly dropped: number;
}

export interface DecisionLogOptions {
  em(tenantId: string): EntityManager;
  log: Logger;
  /** Share of ordinary allows that are kept, 0 to 1. Denials, overrides and system administrators are kept always. */
  allowShare: number;
  /** Entries kept at most; the oldest fall out. */
  capacity?: number;
  random?(): number;
}

interface Entry {
  tenantId: string;
  at: string;
  subject: string | null;
  permission: string;
  type: string;
  scope: string;
  allowed: boolean;
  reason: string;
  row: string | null;
  version: string;
  request: string;
  askedBy: string | null;
}

const INSERT = `insert into decision_log
    (at, tenant_id, subject_id, permission, scope_type, scope_id, allowed, reason, row_id, version, request_id, asked_by)
  select e.at, ?::uuid, e.subject, e.permission, e.type, e.scope, e.allowed, e.reason, e.row, e.version, e.request, e."askedBy"
  from jsonb_to_recordset(?::jsonb) as e(at timestamptz, subject text, permission text, type text, scope text, allowed boolean,
    reason text, "row" uuid, version text, request text, "askedBy" text)`;
const MAX_TEXT = 200;
/** Entries of one viewer's asking that are kept between two writings; all anonymous viewers of a tenant are one. */
const PER_VIEWER = 2_000;

function entryOf(decision: Decision, { at, tenantId, subjectId, requestId, askedBy }: Asking): Entry {
  const { allowed, reason, version, bindingId, overrideId } = decision;
  // Codes and ids come from clients as they are; a log line has an end, and one that cannot be kept would take its whole batch with it.
  const cut = (text: string) => text.slice(0, MAX_TEXT).replaceAll('\0', '\u{fffd}').toWellFormed();
  const [permission, scope] = [cut(decision.permission), cut(decision.scope.id)];
  const row = bindingId ?? overrideId;
  const who = { subject: subjectId && cut(subjectId), request: requestId, askedBy };
  return {
    tenantId,
    at: at.toISOString(),
    permission,
    type: decision.scope.type,
    scope,
    allowed,
    reason,
    row,
    version,
    ...who,
  };
}

export function decisionLog({
  em,
  log,
  allowShare,
  capacity = 10_000,
  random = Math.random,
}: DecisionLogOptions): DecisionLog {
  const ring: (Entry | undefined)[] = new Array(capacity);
  let [first, size, dropped, told] = [0, 0, 0, 0];
  let flushed = Promise.resolve();
  const share = fairShare(PER_VIEWER);

  const isKept = ({ allowed, reason }: Decision) => !allowed || reason !== 'ROLE' || random() < allowShare;

  function push(entry: Entry): void {
    ring[(first + size) % capacity] = entry;
    if (size < capacity) size += 1;
    else {
      first = (first + 1) % capacity;
      dropped += 1;
    }
  }

  function take(): Entry[] {
    const taken = Array.from({ length: size }, (_, index) => ring[(first + index) % capacity] as Entry);
    ring.fill(undefined);
    [first, size] = [0, 0];
    share.reset();
    return taken;
  }

  async function write(tenantId: string, entries: Entry[]): Promise<void> {
    try {
      await em(tenantId).execute(INSERT, [tenantId, JSON.stringify(entries)], 'run', { enabled: false });
    } catch (error) {
      dropped += entries.length;
      told += entries.length;
      log.error({ err: error, entries: entries.length }, 'decisions could not be logged');
    }
  }

  async function drain(): Promise<void> {
    if (dropped > told) log.warn({ lost: dropped - told }, 'decisions were left out of the log');
    told = dropped;
    for (const [tenantId, entries] of Map.groupBy(take(), (entry) => entry.tenantId)) await write(tenantId, entries);
  }

  return {
    note(decisions, asking) {
      const askedBy = `${asking.tenantId} ${asking.askedBy}`;
      for (const decision of decisions) {
        if (!asking.chosen && !isKept(decision)) continue;
        if (asking.chosen || share.take(askedBy)) push(entryOf(decision, asking));
        else dropped += 1;
      }
    },
    flush() {
      flushed = flushed.then(drain);
      return flushed;
    },
    get dropped() {
      return dropped;
    },
  };
}
