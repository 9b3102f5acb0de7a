import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '@polity/kernel/clock';
import { rows, rowsApart } from '@polity/kernel/db/orm';
import { hashOf } from '../token/token.service.ts';

/** How every personal token begins, so that secret scanners know a leaked one. */
export const PERSONAL_TOKEN_PREFIX = 'polity_pat_';

interface LiveToken {
  id: string;
  userId: string;
  tenantId: string;
  scopes: string[];
}

const FIND = `select id, user_id as "userId", tenant_id as "tenantId", scopes from personal_token
  where hash = ? and revoked_at is null and expires_at > ?`;
const MARK = `update personal_token set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)`;
/** How exactly the time of last use is kept. */
const PRECISION_MS = 60_000;

/** The token with this secret, if it is neither revoked nor expired; notes that it was used, once a minute at most. */
export async function findLive(em: EntityManager, secret: string, clock: Clock): Promise<LiveToken | null> {
  const now = clock.now();
  const [found] = await rows<LiveToken>(em, FIND, [hashOf(secret), now]);
  if (!found) return null;
  await rowsApart(em, MARK, [now, found.id, new Date(now.getTime() - PRECISION_MS)]);
  return found;
}
