import type { Match } from '@polity/kernel/db/rows';
import { type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs, PageLimits } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { may } from '../viewer-rights.ts';
import { AuditEntry, type AuditEntryRow } from './audit.entity.ts';

export interface AuditFilter {
  userId?: string | null | undefined;
  actorId?: string | null | undefined;
  types?: readonly string[] | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

const MAX_EXPORT = 1000;
const plain = (text: string) => text.replaceAll('\0', '');

function conditionsOf(tenantId: string | null, filter: AuditFilter): (Match<AuditEntry> | Sql)[] {
  const { userId, actorId, types, from, to } = filter;
  const named = {
    tenantId,
    userId: userId ?? undefined,
    actorId: actorId == null ? undefined : plain(actorId),
    type: types?.length ? types.map(plain) : undefined,
  };
  return [named, ...(from ? [sql('t.created_at >= ?', from)] : []), ...(to ? [sql('t.created_at < ?', to)] : [])];
}

function page(
  ctx: Context,
  filter: AuditFilter,
  args: ConnectionArgs,
  limits?: PageLimits,
): Promise<Connection<AuditEntryRow>> {
  const where = conditionsOf(ctx.request.tenantId, filter);
  return pageOf(ctx.em, AuditEntry, { list: 'audit-log', args, order: newestFirst, where, ...(limits && { limits }) });
}

/** The audit log of the tenant, newest first. Throws Forbidden for those who may not read it. */
export async function auditLog(
  ctx: Context,
  filter: AuditFilter,
  args: ConnectionArgs,
): Promise<Connection<AuditEntryRow>> {
  if (!(await may(ctx, 'identity.audit.read'))) throw new Forbidden();
  return page(ctx, filter, args);
}

export interface AuditExport {
  ndjson: string;
  endCursor: string | null;
  hasNextPage: boolean;
}

function lineOf(entry: AuditEntryRow): string {
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
