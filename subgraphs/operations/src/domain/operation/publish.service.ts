import type { EntityManager } from '@mikro-orm/postgresql';
import { writeWithFreshAccess } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { assertMay } from '../application.ts';
import { enter, moveOn, notePublishing } from '../namespace/namespace.service.ts';
import { namespaceOf } from '../namespace/namespace-id.ts';
import { readManifest } from './manifest.ts';
import { type Checked, checkAll } from './operation.check.ts';
import type { Published } from './operation.entity.ts';
import { IdTaken, TooManyOperations } from './operation.errors.ts';

/** Operations that one application, or all clients of a tenant, may have published, retired ones included. */
const MAX_OPERATIONS_OF_ONE = 20_000;

export interface PublishInput {
  applicationId?: string | null | undefined;
  manifest: unknown;
  dryRun?: boolean | null | undefined;
}

const GIVEN = `jsonb_to_recordset(?::jsonb) as g("key" uuid, "documentId" text, name text, type text, body text, sha256 text, "normalHash" text)`;
const STANDS = 'o.tenant_id = ?::uuid and o.namespace_id = ?::uuid';
const NAMED = 'jsonb_to_recordset(?::jsonb) as g("documentId" text, sha256 text)';
const COMPARE = `select g."documentId" as id, o.sha256 <> g.sha256 as taken, o.retired_at is not null as retired
  from ${NAMED} join persisted_operation o on o.document_id = g."documentId" where ${STANDS}`;
const COUNT = `select count(*)::int as n from persisted_operation o where ${STANDS}`;
const PUBLISH = `insert into persisted_operation
    (id, created_at, tenant_id, namespace_id, document_id, name, type, body, sha256, normal_hash, published_at, published_by, uses)
  select g."key", ?::timestamptz, ?::uuid, ?::uuid, g."documentId", g.name, g.type, g.body, g.sha256, g."normalHash", ?::timestamptz, ?::uuid, 0 from ${GIVEN}
  on conflict (tenant_id, namespace_id, document_id) do update
    set retired_at = null, published_at = excluded.published_at, published_by = excluded.published_by
    where persisted_operation.retired_at is not null`;

interface Place {
  tenantId: string;
  namespaceId: string;
}

/** What publishing these would come to. Throws IdTaken, TooManyOperations. */
async function compare(em: EntityManager, { tenantId, namespaceId }: Place, checked: readonly Checked[]) {
  const named = checked.map(({ documentId, sha256 }) => ({ documentId, sha256 }));
  const stands = await em.execute<{ id: string; taken: boolean; retired: boolean }[]>(COMPARE, [
    JSON.stringify(named),
    tenantId,
    namespaceId,
  ]);
  const taken = stands.filter((each) => each.taken).map(({ id }) => id);
  if (taken.length > 0) throw new IdTaken(taken);
  const added = checked.length - stands.length;
  const [count] = await em.execute<[{ n: number }]>(COUNT, [tenantId, namespaceId]);
  if (count.n + added > MAX_OPERATIONS_OF_ONE) throw new TooManyOperations(MAX_OPERATIONS_OF_ONE);
  const restored = stands.filter(({ retired }) => retired).length;
  return { operations: checked.length, added, restored, unchanged: stands.length - restored };
}

/** Operations of one statement. */
const AT_A_TIME = 1_000;

async function insert(tx: EntityManager, ctx: Context, { tenantId, namespaceId }: Place, checked: readonly Checked[]) {
  const now = ctx.clock.now();
  for (let from = 0; from < checked.length; from += AT_A_TIME) {
    const part = checked.slice(from, from + AT_A_TIME).map((each) => ({ key: uuidv7(), ...each }));
    const values = [now, tenantId, namespaceId, now, ctx.cause.actorId];
    await tx.execute(PUBLISH, [...values, JSON.stringify(part)]);
  }
}

/** Publishes operations that were looked at, all or none. Throws as `assertMay`, CONFLICT. */
export async function publishChecked(
  ctx: Context,
  applicationId: string | null,
  checked: readonly Checked[],
  dryRun: boolean,
): Promise<Published> {
  await assertMay(ctx, 'manage', applicationId);
  const place = { tenantId: ctx.tenantId, namespaceId: namespaceOf(applicationId) };
  const result = { applicationId, dryRun };
  return writeWithFreshAccess(ctx, async (tx) => {
    await enter(tx, ctx, place.namespaceId);
    const counts = await compare(tx, place, checked);
    if (dryRun || counts.added + counts.restored === 0) return { ...result, ...counts };
    await insert(tx, ctx, place, checked);
    await moveOn(tx, ctx, place.namespaceId);
    await notePublishing(tx, ctx);
    const data = { applicationId, operations: counts.added + counts.restored };
    await recordEvent(tx, ctx, 'operations.manifest.published', { subject: applicationId ?? ctx.tenantId, data });
    return { ...result, ...counts };
  });
}

/** Publishes the operations of a manifest, all or none. Throws as `assertMay`, VALIDATION_ERROR, CONFLICT. */
export async function publish(ctx: Context, { manifest, ...input }: PublishInput): Promise<Published> {
  const applicationId = input.applicationId ?? null;
  // First of all, so that strangers learn nothing of what they send.
  await assertMay(ctx, 'manage', applicationId);
  const checked = await checkAll(ctx.check, readManifest(manifest));
  return publishChecked(ctx, applicationId, checked, input.dryRun ?? false);
}
