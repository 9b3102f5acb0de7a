import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeType } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { Permission } from '../permission/permission.entity.ts';
import { scopeTypes } from '../scope/scope.entity.ts';

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
