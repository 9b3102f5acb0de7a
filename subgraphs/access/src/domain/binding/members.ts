import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, NIL_UUID } from '@polity/kernel/ids';
import { RoleBinding } from './binding.entity.ts';

const MAX = 1_000;

// Whoever holds a live role at exactly this scope belongs there, as `holdsBindingAt` of the kernel says of one person.
const MEMBERS = `select distinct b.subject_id as id from role_binding b join role r on r.id = b.role_id
  where b.tenant_id = ?::uuid and b.scope_id = ?::uuid and b.subject_id > ?::uuid and (?::text is null or r.key = ?)
    and (?::text is null or ? = any(r.permissions))
    and (b.valid_from is null or b.valid_from <= ?::timestamptz) and (b.valid_until is null or b.valid_until > ?::timestamptz)
    and not exists (select 1 from subject_flag f where f.subject_id = b.subject_id and f.flag = 'SUSPENDED'
      and (f.tenant_id is null or f.tenant_id = b.tenant_id) and (f.valid_until is null or f.valid_until > ?::timestamptz))
  order by b.subject_id limit ?`;

/** Which members to tell of, and after whom to go on. */
export interface MembersAsked {
  scope: ScopeRef;
  roleKey?: string | null | undefined;
  /** Code of a permission that their role must have. */
  permission?: string | null | undefined;
  after?: string | null | undefined;
  first?: number | null | undefined;
}

interface Asking {
  em: EntityManager;
  tenantId: string;
  now: Date;
}

/** Ids of those who belong to the scope and are not suspended, ascending. Throws InvalidInput for a page of more than a thousand. */
export async function membersOf({ em, tenantId, now }: Asking, asked: MembersAsked): Promise<string[]> {
  const { scope, roleKey = null, permission = null, after, first } = asked;
  const size = first ?? MAX;
  if (size < 1 || size > MAX) throw new InvalidInput({ first: `must be between 1 and ${MAX}` });
  if (!isUuid(scope.id)) return [];
  const from = isUuid(after) ? after : NIL_UUID;
  const params = [tenantId, scope.id, from, roleKey, roleKey, permission, permission, now, now, now, size];
  const rows = await em.execute<{ id: string }[]>(MEMBERS, params);
  return rows.map(({ id }) => id);
}

/** Access is for members: whoever holds nothing at the tenant is as unknown here as somebody who does not exist. Throws NotFound. */
export async function getMember(tx: EntityManager, tenantId: string, userId: string): Promise<void> {
  const member =
    isUuid(userId) && (await tx.count(RoleBinding, { tenantId, subjectId: userId, scopeId: tenantId })) > 0;
  if (!member) throw new NotFound('User');
}
