import type { EntityManager } from '@mikro-orm/postgresql';
import { NotFound } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import { RoleBinding } from './binding.entity.ts';

/** Access is for members: whoever holds nothing at the tenant is as unknown here as somebody who does not exist. Throws NotFound. */
export async function getMember(tx: EntityManager, tenantId: string, userId: string): Promise<void> {
  const member =
    isUuid(userId) && (await tx.count(RoleBinding, { tenantId, subjectId: userId, scopeId: tenantId })) > 0;
  if (!member) throw new NotFound('User');
}
