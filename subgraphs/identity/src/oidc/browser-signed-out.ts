import { notHolding } from '@polity/kernel/db/holding';
import { rows } from '@polity/kernel/db/orm';
import { Forbidden } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../context.ts';
import { clientsOf, type SessionPayload, tellClients } from './logout-notice.ts';

/** More sessions than one person has at a time. */
const MAX_SESSIONS = 100;

/** Of any number of simultaneous calls one takes a session, so that its applications are told once. */
const TAKE = `delete from oidc_payload where account_id = ?::uuid and model = 'Session'
  and payload->>'browserSession' in (select jsonb_array_elements_text(?::jsonb)) returning payload`;

/**
 * Tells applications that somebody signed out at the gateway, in these sessions (OpenID Connect Back-Channel Logout); sessions that go on are left alone.
 * Answers how many of the provider's sessions rested on them. Throws Forbidden for everybody but the gateway.
 */
export async function browserSignedOut(ctx: Context, userId: string, sessionIds: readonly string[]): Promise<number> {
  if (ctx.viewer.kind !== 'service' || ctx.viewer.id !== 'gateway') throw new Forbidden();
  const named = sessionIds.slice(0, MAX_SESSIONS);
  const goesOn = await Promise.all(named.map((id) => ctx.oidc.liveSessions.isLive(id)));
  const over = named.filter((_, index) => !goesOn[index]);
  if (over.length === 0 || !isUuid(userId)) return 0;
  const taken = await rows<{ payload: SessionPayload }>(ctx.em, TAKE, [userId, JSON.stringify(over)]);
  const clients = taken.flatMap(({ payload }) => clientsOf(payload));
  // Nobody waits for it.
  if (clients.length > 0)
    notHolding(() => tellClients(ctx, userId, clients)).catch((err: unknown) =>
      ctx.log.warn({ err }, 'back-channel logout failed'),
    );
  return taken.length;
}
