import { sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { cursorCodec } from '@polity/kernel/graph/cursor';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { AccessChange, type AccessChangeRow } from './change.entity.ts';
import { canReadChanges, canReadPlatform } from './change.policy.ts';

const LIST = 'accessChanges';
const ORDER = [{ column: 'seq', direction: 'asc', type: 'integer' }] as const;

export interface ChangeFeed extends Connection<AccessChangeRow> {
  resumeToken: string;
}

// Late messages about memberships are judged by notes of revokes that found nothing; nothing changed, so nobody is told. Whom somebody blocks is
// nobody else's business: what is noted of it is there for its stamps alone.
const TOLD = sql(`(t.kind <> 'BINDING_REMOVED' or t.before->>'id' is not null) and t.kind <> 'BLOCK_CHANGED'`);

interface Asked extends ConnectionArgs {
  since?: string | null;
  platform?: boolean | null;
}

/** Where the changes are read and which; throws FORBIDDEN. */
async function source(ctx: Context, platform: boolean) {
  const tenantId = tenantOf(ctx);
  const authorizer = await ctx.access.authorizer();
  if (platform) {
    if (!canReadPlatform(authorizer)) throw new Forbidden();
    return { em: ctx.inTenant(null).em, where: { tenantId: null } };
  }
  if (!canReadChanges(authorizer)) throw new Forbidden();
  return { em: ctx.em, where: sql('(t.tenant_id = ? or t.tenant_id is null and t.subject_id is null)', tenantId) };
}

/**
 * Changes after a token, oldest first: those of the tenant and those of templates and catalogue, which count in every tenant; or those of
 * the platform. Throws FORBIDDEN without `access.change.read`, or for the platform to all but system administrators.
 */
export async function feed(ctx: Context, { since, platform, ...paging }: Asked): Promise<ChangeFeed> {
  const { em, where } = await source(ctx, platform === true);
  if (since && paging.after) throw new InvalidInput({ after: 'cannot be combined with since' });
  if (since && !cursorCodec(LIST, ORDER).decode(since))
    throw new InvalidInput({ since: 'is no resume token or cursor of this list' });
  const after = paging.after ?? since ?? null;
  const args = { ...paging, after };
  const page = await pageOf(em, AccessChange, { list: LIST, args, where: [where, TOLD], order: ORDER });
  return { ...page, resumeToken: page.pageInfo.endCursor ?? after ?? cursorCodec(LIST, ORDER).encode({ seq: 0 }) };
}
