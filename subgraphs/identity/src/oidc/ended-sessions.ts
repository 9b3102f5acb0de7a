import type { EntityManager } from '@mikro-orm/postgresql';
import { notHolding } from '@polity/kernel/db/holding';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from '../context.ts';
import { Application } from '../domain/application/application.entity.ts';
import { OidcPayload } from '../domain/oidc-payload/oidc-payload.entity.ts';
import { endForAccount } from '../domain/oidc-payload/oidc-payload.service.ts';
import { PersonalToken } from '../domain/personal-token/personal-token.entity.ts';

interface Ended {
  userId: string;
  tenantId?: string | null;
}

/** A method that the library's types leave out. */
interface LogoutTarget {
  backchannelLogout(accountId: string, sid: string): Promise<void>;
}

type Authorizations = Record<string, { sid?: string }>;

/** Clients in which the person is signed in through the provider, with the session id that each knows. */
async function signedInto(tx: EntityManager, accountId: string): Promise<[string, string][]> {
  const sessions = await tx.find(OidcPayload, { accountId, model: 'Session' });
  const entries = sessions.flatMap(({ payload }) => Object.entries((payload.authorizations ?? {}) as Authorizations));
  return entries.flatMap(([clientId, { sid }]) => (sid ? [[clientId, sid] as [string, string]] : []));
}

/** Tells applications that the person is signed out (OpenID Connect Back-Channel Logout); one that does not answer keeps nobody waiting. */
async function tell({ oidc }: Context, accountId: string, clients: [string, string][]): Promise<void> {
  const provider = await oidc.provider();
  await Promise.allSettled(
    clients.map(async ([clientId, sid]) => {
      const client = await provider.Client.find(clientId);
      if (client?.backchannelLogoutUri) await (client as unknown as LogoutTarget).backchannelLogout(accountId, sid);
    }),
  );
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
      notHolding(() => tell(ctx, userId, clients)).catch((err: unknown) =>
        ctx.log.warn({ err }, 'back-channel logout failed'),
      );
  },
};
