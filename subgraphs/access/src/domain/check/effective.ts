import { type EffectiveAccess, effectiveAccess } from '@polity/kernel/access/list';
import type { AccessSet } from '@polity/kernel/access/set';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import type { Order } from '@polity/kernel/graph/cursor';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadBindings } from '../binding/binding.policy.ts';
import type { PermissionView } from '../permission/permission.entity.ts';
import { lookedUp } from '../user.ts';
import { pageOfRows } from './list-page.ts';

/** What is held at one scope; `depth` and `id` sort it as the tree does. */
export interface Holding {
  depth: number;
  id: string;
  scope: EffectiveAccess['scope'];
  permissions: PermissionView[];
}

const DEPTH = { TENANT: 0, COMMUNITY: 1, TEAM: 2 } as const;
const ORDER: Order = [
  { column: 'depth', direction: 'asc', type: 'number' },
  { column: 'id', direction: 'asc', type: 'uuid' },
];

/** The set of another user, as fresh as their stamp. Throws FORBIDDEN for viewers without `access.binding.read` at the tenant. */
export async function setOf(ctx: Context, userId: string | null | undefined): Promise<AccessSet> {
  const own = await ctx.access.asker();
  if (!userId || userId === ctx.viewer.id) return own.set;
  const tenantId = tenantOf(ctx);
  if (!canReadBindings(own, { type: 'TENANT', id: tenantId })) throw new Forbidden();
  const subject = lookedUp(userId);
  return ctx.reader.load(tenantId, subject, await ctx.reader.stamp(tenantId, subject));
}

interface Asked extends ConnectionArgs {
  userId?: string | null;
}

/** Every scope with what the user may do there, complete across the pages. */
export async function list(ctx: Context, { userId, ...args }: Asked): Promise<Connection<Holding>> {
  const set = await setOf(ctx, userId);
  const held = effectiveAccess(set, ctx.clock.nowMs());
  const { descriptions } = set.catalogue;
  const shown = (codes: readonly string[]) =>
    codes.map((code) => ({ code, description: descriptions.get(code) ?? '' }));
  return pageOfRows({ list: 'effectiveAccess', order: ORDER, args }, async (after, limit) => {
    const from = after === null ? 0 : held.findIndex(({ scope }) => isAfter([DEPTH[scope.type], scope.id], after));
    const page = from < 0 ? [] : held.slice(from, from + limit);
    return page.map(({ scope, permissions }) => ({
      depth: DEPTH[scope.type],
      id: scope.id,
      scope,
      permissions: shown(permissions),
    }));
  });
}

function isAfter([depth, id]: [number, string], [lastDepth, lastId]: readonly unknown[]): boolean {
  return depth > Number(lastDepth) || (depth === Number(lastDepth) && id > String(lastId));
}
