import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeType } from '@polity/kernel/access/tree';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { Permission, type PermissionView } from '../permission/permission.entity.ts';
import { scopeTypes } from '../scope/scope.entity.ts';
import { Role, type RoleRow } from './role.entity.ts';
import { roleNotFound } from './role.errors.ts';

/** The tenant's own role of this key for this kind of scope, else the template, else null. */
export async function findRoleByKey(em: EntityManager, key: string, scopeType: ScopeType): Promise<Role | null> {
  const found = await em.find(Role, { key, scopeType });
  return found.find((candidate) => !candidate.template) ?? found[0] ?? null;
}

/** The same; throws NotFound. */
export async function roleByKey(em: EntityManager, key: string, scopeType: ScopeType): Promise<Role> {
  const role = await findRoleByKey(em, key, scopeType);
  if (!role) throw roleNotFound();
  return role;
}

/** A template or a role of the tenant; throws NotFound for a missing one and for one of another tenant. */
export async function getRole(em: EntityManager, id: string): Promise<Role> {
  const role = isUuid(id) ? await em.findOne(Role, { id }) : null;
  if (!role) throw roleNotFound();
  return role;
}

/** Whether a role for this kind of scope can ever use a permission: a binding reaches its scope and what lies below it, never above. */
export function isUsable(askedAt: readonly string[], scopeType: ScopeType): boolean {
  const depth = scopeTypes.indexOf(scopeType);
  return scopeTypes.some((type, index) => index >= depth && askedAt.includes(type));
}

/** Throws InvalidInput that names the permissions which are asked for above such a scope only. */
export async function mustBeUsable(tx: EntityManager, codes: readonly string[], scopeType: ScopeType): Promise<void> {
  const permissions = await tx.find(Permission, { code: { $in: [...codes] } });
  const useless = permissions.filter((each) => !isUsable(each.scopeTypes, scopeType)).map(({ code }) => code);
  if (useless.length > 0)
    throw new InvalidInput({ permissions: `never count here: ${useless.slice(0, 5).join(', ')}` });
}

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
