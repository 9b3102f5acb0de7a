import { DeadlockException, type EntityManager } from '@mikro-orm/postgresql';
import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { actorOf } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import { type Ledger, newLedger, type Stamps, stampOf, stampsOf } from './ledger.ts';
import { moveVersions } from './version.service.ts';

// The first row carries the stamps that must be confirmed, the others those that say which versions they belong to.
const APPEND = `insert into access_change
    (tenant_id, subject_id, scope_id, kind, before, after, actor_id, reason, request_id, stamps, stamped)
  select ?::uuid, e.subject, e.scope, e.kind, e.before, e.after, ?::uuid, e.reason, ?::text,
    e.stamps, e.n > 0
  from jsonb_to_recordset(?::jsonb) as e(n int, stamps jsonb, subject uuid, scope uuid, kind text, before jsonb, after jsonb, reason text)
  order by e.n returning seq, stamped`;

// Numbers are drawn under this lock and kept until the commit, so that readers of the feed never see a later number before an earlier
// one. Changes of the platform appear in every feed, hence the lock that tenants share.
const FEED_LOCK = `select pg_advisory_xact_lock_shared(hashtextextended('access feed', 0)),
  pg_advisory_xact_lock(hashtextextended(?::text, 1))`;
const PLATFORM_FEED_LOCK = "select pg_advisory_xact_lock(hashtextextended('access feed', 0))";

/** Whose act a change is: the person behind the call, also where a service makes it for them or they act as somebody else. */
export function actingId({ request, viewer }: Pick<Context, 'request' | 'viewer'>): string | null {
  return actorOf(viewer) ?? request.onBehalfOf ?? (viewer.kind === 'user' ? viewer.id : null);
}

async function append(ctx: Context, tx: EntityManager, tenantId: string | null, ledger: Ledger, stamps: Stamps) {
  if (ledger.entries.length === 0) return [];
  if (tenantId === null) await tx.execute(PLATFORM_FEED_LOCK);
  else await tx.execute(FEED_LOCK, [tenantId]);
  const entries = ledger.entries.map(({ subjectId, scopeId, ...entry }, n) => ({
    ...entry,
    n,
    stamps: n === 0 || entry.kind === 'TEMPLATE_UPDATED' ? stamps : stampsOf(stamps, tenantId, subjectId),
    subject: subjectId,
    scope: scopeId,
  }));
  const params = [tenantId, actingId(ctx), ctx.request.requestId, JSON.stringify(entries)];
  const rows = await tx.execute<{ seq: string; stamped: boolean }[]>(APPEND, params);
  return rows.filter((row) => !row.stamped).map((row) => row.seq);
}

/** Writes stamps so that they only grow. Throws SubgraphUnavailable when the store does not confirm them all. */
export async function writeStamps(store: KeyValueStore, stamps: Stamps): Promise<void> {
  try {
    await Promise.all(Object.entries(stamps).map(([key, version]) => store.max(key, version)));
  } catch (cause) {
    throw new SubgraphUnavailable('access', cause);
  }
}

/**
 * The only way to write access: rows, versions and history in one transaction, then the stamps, then the answer (protocol 5.4). Whoever
 * gets the answer of a revoke can rely on every later reader missing its old set. Throws SubgraphUnavailable when a change was
 * committed but its stamps are not confirmed; `repairStamps` confirms them later, and trying again is safe.
 */
export async function changeAccess<T>(
  ctx: Context,
  act: (tx: EntityManager, ledger: Ledger) => Promise<T>,
): Promise<T> {
  return changeIn(ctx, ctx.em, ctx.request.tenantId, act);
}

/** The same for what belongs to no tenant: templates, the catalogue and platform-wide flags. */
export async function changePlatform<T>(
  ctx: Context,
  act: (tx: EntityManager, ledger: Ledger) => Promise<T>,
): Promise<T> {
  return changeIn(ctx, ctx.emOf(null), null, act);
}

async function changeIn<T>(
  ctx: Context,
  em: EntityManager,
  tenantId: string | null,
  act: (tx: EntityManager, ledger: Ledger) => Promise<T>,
): Promise<T> {
  const write = async (inner: EntityManager) => {
    const ledger = newLedger();
    const result = await act(inner, ledger);
    await inner.flush();
    const stamps = await moveVersions(inner, tenantId, ledger);
    return { result, stamps, seqs: await append(ctx, inner, tenantId, ledger, stamps) };
  };
  // Cleared, because rows that an earlier mutation of this request has read may have changed since.
  const transaction = () => em.transactional((tx) => write(tx as EntityManager), { clear: true });
  const { result, stamps, seqs } = await againAfterDeadlock(transaction);
  ctx.forget();
  await writeStamps(ctx.stamps, stamps);
  ctx.marks.note(tenantId, seqs);
  noteStamp(ctx, stamps);
  return result;
}

const ATTEMPTS = 3;

/** PostgreSQL ends one of two writers that wait for each other; nothing of it has happened, so it simply comes again. */
async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof DeadlockException)) throw error;
    }
  }
}

function noteStamp(ctx: Context, stamps: Stamps): void {
  const viewerId = ctx.request.onBehalfOf ?? ctx.viewer.id;
  const tenantId = ctx.request.tenantId;
  if (!viewerId || !tenantId || (ctx.viewer.kind === 'service' && !ctx.request.onBehalfOf)) return;
  const stamp = stampOf(stamps, tenantId, viewerId, ctx.reply.stamp);
  if (stamp) ctx.reply.stamp = stamp;
}
