import type { Context } from '../context.ts';

/** A method that the library's types leave out. */
interface LogoutTarget {
  backchannelLogout(accountId: string, sid: string): Promise<void>;
}

/** What of a session of the provider says where its person is signed in. */
export interface SessionPayload {
  authorizations?: Record<string, { sid?: string }>;
}

/** A client, and the id by which it knows the session. */
export type SignedInto = [clientId: string, sid: string];

/** Clients in which the person of this session is signed in through the provider. */
export const clientsOf = ({ authorizations = {} }: SessionPayload): SignedInto[] =>
  Object.entries(authorizations).flatMap(([clientId, { sid }]) => (sid ? [[clientId, sid] as SignedInto] : []));

/** Tells applications that the person is signed out (OpenID Connect Back-Channel Logout); one that does not answer keeps nobody waiting. */
export async function tellClients({ oidc }: Context, accountId: string, clients: readonly SignedInto[]): Promise<void> {
  const provider = await oidc.provider();
  await Promise.allSettled(
    clients.map(async ([clientId, sid]) => {
      const client = await provider.Client.find(clientId);
      if (client?.backchannelLogoutUri) await (client as unknown as LogoutTarget).backchannelLogout(accountId, sid);
    }),
  );
}
