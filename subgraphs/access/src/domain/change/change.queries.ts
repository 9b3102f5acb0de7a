import { allows } from '@polity/kernel/access/decide';
import { type Connection, pageOf } from '@polity/kernel/graph/connection';
import { cursorCodec } from '@polity/kernel/graph/cursor';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { AccessChange } from './change.entity.ts';

const LIST = 'accessChanges';
const ORDER = [{ column: 'seq', direction: 'asc', type: 'number' }] as const;

export interface ChangeFeed extends Connection<AccessChange> {
  resumeToken: string;
}

interface Asked {
  since?: string | null;
  first?: number | null;
}

/**
 * Changes after a token, oldest first: those of the tenant and those of templates and catalogue, which count in every tenant. Throws
 * FORBIDDEN without `access.change.read`.
 */
export async function feed(ctx: Context, { since, first }: Asked): Promise<ChangeFeed> {
  const tenantId = tenantOf(ctx);
  const tenant = { type: 'TENANT', id: tenantId } as const;
  if (!allows(await ctx.access.set(), 'access.change.read', tenant, ctx.clock.nowMs())) throw new Forbidden();
  const where = { $or: [{ tenantId }, { tenantId: null, subjectId: null }] };
  const page = await pageOf(ctx.em, AccessChange, { list: LIST, args: { first, after: since }, where, order: ORDER });
  return { ...page, resumeToken: page.pageInfo.endCursor ?? since ?? cursorCodec(LIST, ORDER).encode({ seq: 0 }) };
}
