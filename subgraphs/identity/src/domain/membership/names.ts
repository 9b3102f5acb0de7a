import { InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid, NIL_UUID } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';

const MAX = 1_000;

/** A member as other parts of Polity name them. */
interface Named {
  id: string;
  username: string;
  displayName: string;
}

const MEMBERS = `select u.id, u.username, u.display_name as "displayName" from tenant_membership m join user_account u on u.id = m.user_id
  where m.tenant_id = ? and m.status = 'ACTIVE' and u.status <> 'DELETED' and u.id > ?::uuid and (?::uuid[] is null or u.id = any(?::uuid[]))
  order by u.id limit ${MAX}`;

/** Active members of the request's tenant by id: those of these ids, or the next after one. Throws InvalidInput beyond 1,000 ids. */
export async function members(
  { em, request }: Context,
  { userIds, after }: { userIds?: readonly string[] | null; after?: string | null },
): Promise<Named[]> {
  if (userIds && userIds.length > MAX) throw new InvalidInput({ userIds: `must be at most ${MAX}` });
  const ids = userIds ? `{${userIds.filter(isUuid).join(',')}}` : null;
  return em.execute<Named[]>(MEMBERS, [request.tenantId, isUuid(after) ? after : NIL_UUID, ids, ids]);
}

const TENANTS_OF = `select tenant_id as id from tenant_membership where user_id = ?::uuid and status = 'ACTIVE' order by 1`;
const TENANTS = `select id from tenant where id > ?::uuid order by id limit ${MAX}`;

const idsOf = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

/** Tenants to which somebody belongs. Rows of other tenants are shown to the person alone. */
export async function tenantsOf({ em }: Context, userId: string): Promise<string[]> {
  if (!isUuid(userId)) return [];
  const own = em.fork();
  own.setSessionContext({ variables: { 'app.tenant': '', 'app.viewer': userId } });
  return idsOf(await own.execute(TENANTS_OF, [userId]));
}

/** All tenants, a thousand at a time. */
export async function tenantIds({ em }: Context, after: string | null): Promise<string[]> {
  return idsOf(await em.execute(TENANTS, [isUuid(after) ? after : NIL_UUID]));
}
