import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeType } from '@polity/kernel/access/tree';
import { isUuid } from '@polity/kernel/ids';
import { Role } from './role.entity.ts';
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
