import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import type { PermissionView } from '../permission/permission.entity.ts';
import { Role, type RoleRow } from './role.entity.ts';

/** The templates and the tenant's own roles. */
export function list(ctx: Context, args: ConnectionArgs): Promise<Connection<RoleRow>> {
  return pageOf(ctx.em, Role, { list: 'roles', args, order: oldestFirst });
}

/** What the role grants today, in the order of the catalogue. */
export async function permissionsOf(ctx: Context, role: RoleRow): Promise<PermissionView[]> {
  const found = await Promise.all(role.permissions.map((code) => ctx.loaders.permissionByCode.load(code)));
  const inUse = found.flatMap((permission) => (permission && !permission.retiredAt ? [permission] : []));
  return inUse.sort((a, b) => a.bit - b.bit);
}

/** Whether the template it was copied from was edited since. */
export async function isOutdated(ctx: Context, { copiedFrom, copiedVersion }: RoleRow): Promise<boolean> {
  const template = copiedFrom ? await ctx.loaders.roleById.load(copiedFrom) : null;
  return template !== null && template.version !== copiedVersion;
}
