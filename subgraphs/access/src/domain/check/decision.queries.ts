import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadChanges } from '../change/change.policy.ts';
import { DecisionRecord, type DecisionRecordRow } from './decision.entity.ts';

interface Filter extends ConnectionArgs {
  userId?: string | null;
  allowed?: boolean | null;
}

/** Logged decisions, newest first. Throws FORBIDDEN without `access.change.read`. */
export async function list(ctx: Context, { userId, allowed, ...args }: Filter): Promise<Connection<DecisionRecordRow>> {
  const tenantId = tenantOf(ctx);
  if (!canReadChanges(await ctx.access.authorizer())) throw new Forbidden();
  const where = { tenantId, subjectId: userId ?? undefined, allowed: allowed ?? undefined };
  const order = [{ column: 'seq', direction: 'desc', type: 'integer' }] as const;
  return pageOf(ctx.em, DecisionRecord, { list: 'loggedDecisions', args, where, order });
}
