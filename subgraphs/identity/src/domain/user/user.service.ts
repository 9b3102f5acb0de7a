import { namesNone } from '@polity/kernel/access/blocks';
import { readRows } from '@polity/kernel/db/rows';
import { containing, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isMerelyVouched } from '@polity/kernel/request/vouched';
import type { Context } from '../../context.ts';
import { provedToBe } from '../session/session.service.ts';
import { isSelf, isSystemAdmin, may } from '../viewer-rights.ts';
import { User, type UserRow, type UserStatus } from './user.entity.ts';
import { seesPrivate } from './user.policy.ts';

/** The account of the person who asks; null for anybody else. */
export async function me(ctx: Context): Promise<UserRow | null> {
  return ctx.viewer.kind === 'user' && ctx.viewer.id ? ctx.loaders.userById.load(ctx.viewer.id) : null;
}

/** An account that the viewer may see; null for the others and for what does not exist. */
export async function find(ctx: Context, id: string): Promise<UserRow | null> {
  return ctx.loaders.userById.load(id);
}

/** The value, for those who may see what is private about this account; null for others. */
export async function privately<Value>(ctx: Context, user: UserRow, value: Value): Promise<Value | null> {
  const { viewer, request } = ctx;
  if (provedToBe(ctx, user.id)) return value;
  if (isSelf(viewer, user.id)) return isMerelyVouched(viewer) ? null : value;
  if (!viewer.id || !request.tenantId) return null;
  return seesPrivate(viewer, (await ctx.access.authorizer()).quiet, user) ? value : null;
}

export interface UserSearch {
  query?: string | null | undefined;
  status?: UserStatus | null | undefined;
}

// Members only: a sign-up makes no account for an address that has one elsewhere, so a list of those that wait would tell which do.
const OF_TENANT = `exists (select 1 from tenant_membership m where m.user_id = t.id and m.tenant_id = ?::uuid and m.status = 'ACTIVE')`;

/** Members of the tenant for its administrators, and all accounts for those of the installation; newest first. */
export async function list(ctx: Context, search: UserSearch, args: ConnectionArgs): Promise<Connection<UserRow>> {
  if (!(await may(ctx, 'identity.user.read'))) throw new Forbidden();
  const everywhere = await isSystemAdmin(ctx);
  // U+0000 is in no name, and would be an error of the database.
  const words = search.query?.replaceAll('\0', '').trim();
  const like = words ? containing(words) : null;
  const where = [
    { status: search.status ?? undefined },
    ...(like ? [sql('(t.username ilike ? or t.display_name ilike ? or t.email ilike ?)', like, like, like)] : []),
    ...(everywhere ? [] : [sql(OF_TENANT, ctx.request.tenantId)]),
    namesNone((await ctx.access.set()).blocks.blocked, 't.id'),
  ];
  return pageOf(ctx.em, User, { list: 'users', args, order: newestFirst, where });
}

/** Accounts by address, for other parts of Polity; unknown addresses are left out. */
export async function findByEmails({ em }: Context, emails: readonly string[]): Promise<UserRow[]> {
  return readRows(em, User, { where: [{ email: emails.slice(0, 100) }] });
}
