import type { FilterQuery } from '@mikro-orm/core';
import { type Connection, type ConnectionArgs, pageOf } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { may } from '../viewer-rights.ts';
import { AuditEntry } from './audit.entity.ts';

export interface AuditFilter {
  userId?: string | null | undefined;
  actorId?: string | null | undefined;
  types?: readonly string[] | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

function conditionOf(tenantId: string | null, filter: AuditFilter): FilterQuery<AuditEntry> {
  const { userId, actorId, types, from, to } = filter;
  return {
    tenantId,
    ...(userId && { userId }),
    ...(actorId && { actorId }),
    ...(types?.length && { type: { $in: [...types] } }),
    ...((from || to) && { createdAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
}

/** The audit log of the tenant, newest first. Throws Forbidden for those who may not read it. */
export async function auditLog(
  ctx: Context,
  filter: AuditFilter,
  args: ConnectionArgs,
): Promise<Connection<AuditEntry>> {
  if (!(await may(ctx, 'identity.audit.read'))) throw new Forbidden();
  const order = [{ column: 'id', direction: 'desc', type: 'uuid' }] as const;
  return pageOf(ctx.em, AuditEntry, {
    list: 'audit-log',
    args,
    order,
    where: conditionOf(ctx.request.tenantId, filter),
  });
}
