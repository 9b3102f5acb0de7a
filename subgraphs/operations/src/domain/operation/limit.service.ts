import { readRow } from '@polity/kernel/db/rows';
import { checked } from '@polity/kernel/domain/input';
import { writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { assertMay } from '../application.ts';
import { limitFrom } from '../limit.ts';
import { enter, moveOn } from '../namespace/namespace.service.ts';
import { namespaceOf } from '../namespace/namespace-id.ts';
import { PersistedOperation, type PersistedOperationRow } from './operation.entity.ts';

const newLimits = z.object({ usesPerMinute: limitFrom(1), maxCost: limitFrom(10) });

export interface LimitInput {
  applicationId?: string | null | undefined;
  id: string;
  usesPerMinute?: number | null | undefined;
  maxCost?: number | null | undefined;
}

const LIMIT = `update persisted_operation set uses_per_minute = ?::int, max_cost = ?::int
  where tenant_id = ?::uuid and namespace_id = ?::uuid and document_id = ? and retired_at is null returning id`;

/** Limits one operation that may be used, or takes its limits away. Throws FORBIDDEN, NOT_FOUND, VALIDATION_ERROR. */
export async function limit(ctx: Context, input: LimitInput): Promise<PersistedOperationRow> {
  const { usesPerMinute, maxCost } = checked(newLimits, input);
  const applicationId = input.applicationId ?? null;
  const namespaceId = namespaceOf(applicationId);
  await assertMay(ctx, 'manage', applicationId);
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    if (!authorizer.mayAtTenant('operations.operation.manage')) throw new Forbidden();
    await enter(tx, ctx, namespaceId);
    const values = [usesPerMinute, maxCost, ctx.tenantId, namespaceId, input.id];
    const [found] = await tx.execute<{ id: string }[]>(LIMIT, values);
    if (!found) throw new NotFound('The operation');
    await moveOn(tx, ctx, namespaceId);
    await recordEvent(tx, ctx, 'operations.operation.limited', { subject: found.id, data: { applicationId } });
    return (await readRow(tx, PersistedOperation, { where: [{ id: found.id }] })) as PersistedOperationRow;
  });
}
