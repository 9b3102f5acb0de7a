import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '@polity/kernel/db/orm';
import { readRow, readRows } from '@polity/kernel/db/rows';
import { checked } from '@polity/kernel/domain/input';
import { writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { NIL_UUID, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { assertMay } from '../application.ts';
import { limitFrom } from '../limit.ts';
import { type Limits, type OperationLevel, OperationNamespace } from './namespace.entity.ts';
import { applicationOf, namespaceOf } from './namespace-id.ts';

const newLimits = z.object({ pointsPerMinute: limitFrom(100), maxCost: limitFrom(10) });

export interface LimitsInput {
  applicationId?: string | null | undefined;
  level: OperationLevel;
  pointsPerMinute?: number | null | undefined;
  maxCost?: number | null | undefined;
}

/** What clients of an application, or all others of the tenant, may send. Throws as `assertMay`. */
export async function limits(ctx: Context, applicationId: string | null): Promise<Limits> {
  await assertMay(ctx, 'read', applicationId);
  const found = await readRow(ctx.em, OperationNamespace, { where: [{ namespaceId: namespaceOf(applicationId) }] });
  if (!found) return { applicationId, level: 'OPEN', pointsPerMinute: null, maxCost: null, updatedAt: null };
  const { level, pointsPerMinute = null, maxCost = null, updatedAt = null } = found;
  return { applicationId, level, pointsPerMinute, maxCost, updatedAt };
}

const SET = `insert into operation_namespace
    (id, created_at, tenant_id, namespace_id, level, points_per_minute, max_cost, revision, updated_at, updated_by)
  values (?::uuid, ?::timestamptz, ?::uuid, ?::uuid, ?, ?::int, ?::int, 1, ?::timestamptz, ?::uuid)
  on conflict (tenant_id, namespace_id) do update set level = excluded.level, points_per_minute = excluded.points_per_minute,
    max_cost = excluded.max_cost, revision = operation_namespace.revision + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`;

/** Sets all limits of an application, or of all other clients of the tenant. Throws FORBIDDEN, NOT_FOUND, VALIDATION_ERROR. */
export async function setLimits(ctx: Context, input: LimitsInput): Promise<Limits> {
  const { pointsPerMinute, maxCost } = checked(newLimits, input);
  const { level } = input;
  const applicationId = input.applicationId ?? null;
  await assertMay(ctx, 'manage', applicationId);
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    if (!authorizer.mayAtTenant('operations.operation.manage')) throw new Forbidden();
    const now = ctx.clock.now();
    const values = [level, pointsPerMinute, maxCost, now, ctx.cause.actorId];
    await tx.execute(SET, [uuidv7(), now, ctx.tenantId, namespaceOf(applicationId), ...values]);
    await recordEvent(tx, ctx, 'operations.limits.set', {
      subject: applicationId ?? ctx.tenantId,
      data: { applicationId, level },
    });
    return { applicationId, level, pointsPerMinute, maxCost, updatedAt: now };
  });
}

const ENTER = `insert into operation_namespace (id, created_at, tenant_id, namespace_id, level, revision)
  values (?::uuid, ?::timestamptz, ?::uuid, ?::uuid, 'OPEN', 0)
  on conflict (tenant_id, namespace_id) do update set revision = operation_namespace.revision`;

const PUBLISHES = 'insert into publishing_tenant (tenant_id) values (?::uuid) on conflict do nothing';

/** Notes that the tenant has published something. */
export async function notePublishing(tx: EntityManager, { tenantId }: Context): Promise<void> {
  await tx.execute(PUBLISHES, [tenantId]);
}

const PUBLISHING = `select tenant_id as "tenantId" from publishing_tenant where tenant_id > ?::uuid order by tenant_id limit 1000`;

/** Tenants in which something was published, for the gateway; those after that id. */
export async function publishingTenants({ em }: Context, after: string | null): Promise<string[]> {
  const found = await rows<{ tenantId: string }>(em, PUBLISHING, [after ?? NIL_UUID]);
  return found.map(({ tenantId }) => tenantId);
}

/** Holds a namespace until the transaction ends, so that changes of its operations come one after the other. */
export async function enter(tx: EntityManager, ctx: Context, namespaceId: string): Promise<void> {
  await tx.execute(ENTER, [uuidv7(), ctx.clock.now(), ctx.tenantId, namespaceId]);
}

/** Tells gateways that what they remember of the namespace's operations holds no longer. */
export async function moveOn(tx: EntityManager, ctx: Context, namespaceId: string): Promise<void> {
  const sql =
    'update operation_namespace set revision = revision + 1 where tenant_id = ?::uuid and namespace_id = ?::uuid';
  await tx.execute(sql, [ctx.tenantId, namespaceId]);
}

const LIMITED = `select distinct namespace_id as "namespaceId" from persisted_operation
  where tenant_id = ?::uuid and retired_at is null and (uses_per_minute is not null or max_cost is not null)`;

/** Every namespace of the tenant, for the gateway. */
export async function forGateway(ctx: Context) {
  const all = await readRows(ctx.em, OperationNamespace, {});
  const found = await rows<{ namespaceId: string }>(ctx.em, LIMITED, [ctx.tenantId]);
  const limited = new Set(found.map(({ namespaceId }) => namespaceId));
  return all.map(({ namespaceId, level, pointsPerMinute, maxCost, revision }) => ({
    applicationId: applicationOf(namespaceId),
    level,
    pointsPerMinute,
    maxCost,
    limitsOperations: limited.has(namespaceId),
    revision,
  }));
}
