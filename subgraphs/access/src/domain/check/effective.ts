import { type EffectiveAccess, effectiveAccess } from '@polity/kernel/access/list';
import type { AccessSet } from '@polity/kernel/access/set';
import { type Connection, type ConnectionArgs, paginate, type Slice } from '@polity/kernel/graph/connection';
import type { CursorValue, Order } from '@polity/kernel/graph/cursor';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadBindings } from '../binding/binding.policy.ts';
import type { PermissionView } from '../permission/permission.entity.ts';
import { lookedUp } from '../user.ts';

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
  const own = await ctx.access.authorizer();
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
  const fetch = async ({ after, before, backwards, limit }: Slice) => {
    const between = held.filter(
      ({ scope }) => (!after || compared(scope, after) > 0) && (!before || compared(scope, before) < 0),
    );
    const page = backwards ? between.slice(-limit).reverse() : between.slice(0, limit);
    return page.map(({ scope, permissions }) => ({
      depth: DEPTH[scope.type],
      id: scope.id,
      scope,
      permissions: shown(permissions),
    }));
  };
  return paginate<Holding>({ list: 'effectiveAccess', order: ORDER, args, fetch });
}

/** Below zero where the scope precedes the place that a cursor names, above zero where it follows. */
function compared({ type, id }: Holding['scope'], [depth, other]: readonly CursorValue[]): number {
  if (DEPTH[type] !== depth) return DEPTH[type] - Number(depth);
  return id === other ? 0 : id < String(other) ? -1 : 1;
}
