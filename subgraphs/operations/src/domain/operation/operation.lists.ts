import { readRows } from '@polity/kernel/db/rows';
import { always, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { NIL_UUID } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { assertMay } from '../application.ts';
import { applicationOf, namespaceOf } from '../namespace/namespace-id.ts';
import { PersistedOperation, type PersistedOperationRow } from './operation.entity.ts';

/** Operations of an application, or of all clients of the tenant. Throws as `assertMay`. */
export async function list(
  ctx: Context,
  applicationId: string | null,
  args: ConnectionArgs,
): Promise<Connection<PersistedOperationRow>> {
  await assertMay(ctx, 'read', applicationId);
  const where = { namespaceId: namespaceOf(applicationId) };
  return pageOf(ctx.em, PersistedOperation, { list: 'operations', args, order: newestFirst, where });
}

interface Lookup {
  applicationId?: string | null | undefined;
  id?: string | null | undefined;
  normalHash?: string | null | undefined;
}

function toGateway({ id: key, documentId: id, namespaceId, ...operation }: PersistedOperationRow) {
  const { body, sha256, type, name, usesPerMinute, maxCost } = operation;
  return { key, id, applicationId: applicationOf(namespaceId), body, sha256, type, name, usesPerMinute, maxCost };
}

/** The operation that a client means, its application's own before those of the tenant; null where there is none. */
export async function forGateway(ctx: Context, { applicationId, id, normalHash }: Lookup) {
  const by = id ? { documentId: id } : { normalHash: normalHash ?? '' };
  const where = { ...by, namespaceId: [NIL_UUID, namespaceOf(applicationId)], retiredAt: null };
  const rows = await readRows(ctx.em, PersistedOperation, { where: [where] });
  const found = rows.find(({ namespaceId }) => namespaceId !== NIL_UUID) ?? rows[0];
  return found ? toGateway(found) : null;
}

/** So many of the longest texts fit into one answer. */
const PAGE = 25;

/** Operations of one namespace that may be used, newest first, before that key. */
export async function allForGateway(ctx: Context, applicationId: string | null, before: string | null) {
  const rows = await readRows(ctx.em, PersistedOperation, {
    where: [{ namespaceId: namespaceOf(applicationId), retiredAt: null }, before ? sql('t.id < ?', before) : always],
    order: [{ column: 't.id', direction: 'desc' }],
    limit: PAGE,
  });
  return rows.map(toGateway);
}
