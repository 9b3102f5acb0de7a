import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { Forbidden } from '@polity/kernel/graph/errors';
import { actorOf } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { freshSet } from './fresh-set.ts';

/**
 * The viewer with what they hold by the database itself, to be asked before access is changed. Throws FORBIDDEN for whoever acts as somebody else:
 * a borrowed right must not become one's own.
 */
export async function ownAccess(ctx: Context, em: EntityManager): Promise<Authorizer> {
  if (actorOf(ctx.viewer) !== null) throw new Forbidden('Whoever acts for somebody else may not change access.');
  return ctx.access.over(await freshSet(em, tenantOf(ctx), ctx.viewer.id ?? '', ctx.clock.nowMs()));
}
