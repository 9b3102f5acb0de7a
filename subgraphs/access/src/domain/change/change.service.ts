import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { write } from '@polity/kernel/domain/write';
import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
import type { KeyValueStore } from '@polity/kernel/kv/store';
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
  const params = [tenantId, ctx.cause.actorId, ctx.request.requestId, JSON.stringify(entries)];
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
  errors?: ConstraintErrors,
): Promise<T> {
  return changeIn(ctx, ctx.request.tenantId, act, errors);
}

/** The same for what belongs to no tenant: templates, the catalogue and platform-wide flags. */
export async function changePlatform<T>(
  ctx: Context,
  act: (tx: EntityManager, ledger: Ledger) => Promise<T>,
): Promise<T> {
  return changeIn(ctx, null, act);
}

async function changeIn<T>(
  ctx: Context,
  tenantId: string | null,
  act: (tx: EntityManager, ledger: Ledger) => Promise<T>,
  errors?: ConstraintErrors,
): Promise<T> {
  const change = async (tx: EntityManager) => {
    const ledger = newLedger();
    const result = await act(tx, ledger);
    await tx.flush();
    const stamps = await moveVersions(tx, tenantId, ledger);
    return { result, stamps, seqs: await append(ctx, tx, tenantId, ledger, stamps) };
  };
  const { result, stamps, seqs } = await write(ctx.inTenant(tenantId), change, errors);
  await writeStamps(ctx.stamps, stamps);
  ctx.marks.note(tenantId, seqs);
  noteStamp(ctx, stamps);
  return result;
}

function noteStamp(ctx: Context, stamps: Stamps): void {
  const viewerId = ctx.request.onBehalfOf ?? ctx.viewer.id;
  const tenantId = ctx.request.tenantId;
  if (!viewerId || !tenantId || (ctx.viewer.kind === 'service' && !ctx.request.onBehalfOf)) return;
  const stamp = stampOf(stamps, tenantId, viewerId, ctx.reply.stamp);
  if (stamp) ctx.reply.stamp = stamp;
}
