import type { EntityManager } from '@mikro-orm/postgresql';
import { notHolding } from '@polity/kernel/db/holding';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from '../context.ts';
import { Application } from '../domain/application/application.entity.ts';
import { OidcPayload } from '../domain/oidc-payload/oidc-payload.entity.ts';
import { endForAccount } from '../domain/oidc-payload/oidc-payload.service.ts';
import { PersonalToken } from '../domain/personal-token/personal-token.entity.ts';
import { clientsOf, type SessionPayload, type SignedInto, tellClients } from './logout-notice.ts';

interface Ended {
  userId: string;
  tenantId?: string | null;
}

/** Clients in which the person is signed in through the provider, with the session id that each knows. */
async function signedInto(tx: EntityManager, accountId: string): Promise<SignedInto[]> {
  const sessions = await tx.find(OidcPayload, { accountId, model: 'Session' });
  return sessions.flatMap(({ payload }) => clientsOf(payload as SessionPayload));
}

/** What ends a person's sessions ends what applications hold for them too. */
export const endedSessions: ConsumerDefinition<Context> = {
  name: 'oidc-ended-sessions',
  types: [
    'identity.sessions.ended',
    'identity.user.suspended',
    'identity.user.deleted',
    'identity.user.password_changed',
    'identity.membership.ended',
  ],
  async handle(tx, event, ctx) {
    const { userId, tenantId } = event.data as Ended;
    const inTenant = tenantId ? await tx.find(Application, { tenantId }, { fields: ['id'] }) : null;
    const ids = inTenant && new Set(inTenant.map(({ id }) => id));
    const clients = (await signedInto(tx, userId)).filter(([clientId]) => !ids || ids.has(clientId));
    if (event.type === 'identity.user.deleted') await tx.nativeDelete(PersonalToken, { userId });
    await endForAccount(tx, userId, ids ? [...ids] : undefined);
    // Nobody waits for it.
    if (clients.length > 0)
      notHolding(() => tellClients(ctx, userId, clients)).catch((err: unknown) =>
        ctx.log.warn({ err }, 'back-channel logout failed'),
      );
  },
};
