import type { EntityManager } from '@mikro-orm/postgresql';

// A link to a tenant's provider opens one tenant only, so it is a way into the account only where the account was made through it.
const LINKS = `select count(*)::int from upstream_link l where l.user_id = u.id and (l.tenant_id is null or l.founding)`;

const WAYS = `select exists (select 1 from credential c where c.user_id = u.id) as password,
  (select count(*)::int from passkey k where k.user_id = u.id) as passkeys, (${LINKS}) as links,
  u.email_verified_at is not null as mail
  from user_account u where u.id = ?::uuid`;

/** Accounts that nothing but this provider leads into. */
export const ONLY_WAY = `select count(*)::int as count from upstream_link o join user_account u on u.id = o.user_id
  where o.provider = ? and o.founding and u.status = 'ACTIVE' and u.email_verified_at is null
    and not exists (select 1 from credential c where c.user_id = u.id)
    and not exists (select 1 from passkey k where k.user_id = u.id)
    and (${LINKS}) < 2`;

/** Ways into an account. */
interface WaysIn {
  password: boolean;
  passkeys: number;
  /** Links to providers of the installation, and that through which the account was made. */
  links: number;
  /** A confirmed address, to which a link or a new password can be mailed. */
  mail: boolean;
}

export async function waysInto(tx: EntityManager, userId: string): Promise<WaysIn> {
  const [ways] = await tx.execute<WaysIn[]>(WAYS, [userId]);
  return ways ?? { password: false, passkeys: 0, links: 0, mail: false };
}
