import type { FilterQuery } from '@mikro-orm/core';
import { type Connection, type ConnectionArgs, type PageLimits, pageOf } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
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

const NOBODY = '00000000-0000-0000-0000-000000000000';
const MAX_EXPORT = 1000;
const NEWEST_FIRST = [{ column: 'id', direction: 'desc', type: 'uuid' }] as const;
const plain = (text: string) => text.replaceAll('\0', '');

function conditionOf(tenantId: string | null, filter: AuditFilter): FilterQuery<AuditEntry> {
  const { userId, actorId, types, from, to } = filter;
  return {
    tenantId,
    // What is no id belongs to no entry.
    ...(userId != null && { userId: isUuid(userId) ? userId : NOBODY }),
    ...(actorId != null && { actorId: plain(actorId) }),
    ...(types?.length && { type: { $in: types.map(plain) } }),
    ...((from || to) && { createdAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
}

function page(
  ctx: Context,
  filter: AuditFilter,
  args: ConnectionArgs,
  limits?: PageLimits,
): Promise<Connection<AuditEntry>> {
  const where = conditionOf(ctx.request.tenantId, filter);
  return pageOf(ctx.em, AuditEntry, { list: 'audit-log', args, order: NEWEST_FIRST, where, ...(limits && { limits }) });
}

/** The audit log of the tenant, newest first. Throws Forbidden for those who may not read it. */
export async function auditLog(
  ctx: Context,
  filter: AuditFilter,
  args: ConnectionArgs,
): Promise<Connection<AuditEntry>> {
  if (!(await may(ctx, 'identity.audit.read'))) throw new Forbidden();
  return page(ctx, filter, args);
}

export interface AuditExport {
  ndjson: string;
  endCursor: string | null;
  hasNextPage: boolean;
}

function lineOf(entry: AuditEntry): string {
  const { id, createdAt, type, userId, actorId, actorKind, sessionId, requestId, address, device, tenantId, data } =
    entry;
  return JSON.stringify({
    id,
    at: createdAt.toISOString(),
    type,
    tenantId,
    userId,
    actorId,
    actorKind,
    sessionId,
    requestId,
    address,
    device,
    data,
  });
}

/** A thousand entries at a time as NDJSON, for archives. Throws Forbidden for those who may not read the log. */
export async function exportLog(
  ctx: Context,
  filter: AuditFilter,
  after: string | null | undefined,
): Promise<AuditExport> {
  if (!(await may(ctx, 'identity.audit.read'))) throw new Forbidden();
  const { edges, pageInfo } = await page(ctx, filter, { first: MAX_EXPORT, after: after ?? null }, { max: MAX_EXPORT });
  const ndjson = edges.map(({ node }) => `${lineOf(node)}\n`).join('');
  return { ndjson, endCursor: pageInfo.endCursor, hasNextPage: pageInfo.hasNextPage };
}
