import { openSignedIn, SIGNED_IN_HEADER, type SignedIn } from '@polity/kernel/request/signed-in';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/** What the provider keeps of a browser beside what the library does: on which session of the gateway it rests, and by which proof. */
export interface BrowserSession {
  accountId?: string;
  browserSession?: string;
  proof?: string;
  acr?: string;
  amr?: string[];
  touched?: boolean;
  loginAccount(login: { accountId: string; loginTs: number; acr: string; amr: string[] }): void;
}

/** The class of sessions; the library's types leave most of it out. */
interface SessionClass {
  IN_PAYLOAD: string[];
  get(ctx: KoaContextWithOIDC): Promise<BrowserSession>;
  instantiate(payload?: object): BrowserSession;
}

/** Routes of people, with which the gateway says who is signed in; others only look at the session that is there. */
const OF_PEOPLE = new Set(['authorization', 'resume']);

function signIn(session: BrowserSession, { sessionId, userId, acr, amr, authTime, proof }: SignedIn): BrowserSession {
  session.loginAccount({ accountId: userId, loginTs: authTime, acr, amr });
  return Object.assign(session, { browserSession: sessionId, proof, touched: true });
}

/** The session as the gateway says it is: that of another session of the gateway, or of none, is begun anew. */
function adopted(Session: SessionClass, session: BrowserSession, signedIn: SignedIn | null): BrowserSession {
  if (!signedIn) return session.accountId ? Session.instantiate({}) : session;
  const isOther = session.accountId !== undefined && session.browserSession !== signedIn.sessionId;
  if (isOther) return signIn(Session.instantiate({}), signedIn);
  return session.proof === signedIn.proof && session.acr === signedIn.acr ? session : signIn(session, signedIn);
}

/**
 * Makes one of the provider's session and the browser's own at the gateway: whoever is signed in there is signed in here, as who they are, since
 * when and by what they are there, and nobody else is.
 */
export function withBrowserSession(provider: Provider, key: Buffer): void {
  const Session = provider.Session as unknown as SessionClass;
  const { IN_PAYLOAD, get } = Session;
  Object.defineProperty(Session, 'IN_PAYLOAD', { value: [...IN_PAYLOAD, 'browserSession', 'proof'] });
  Session.get = async function getAdopted(ctx) {
    const session = await get.call(this, ctx);
    if (!OF_PEOPLE.has(ctx.oidc?.route)) return session;
    const signedIn = openSignedIn(key, ctx.req.headers[SIGNED_IN_HEADER]);
    const own = adopted(Session, session, signedIn);
    ctx.oidc.entity('Session', own as never);
    return own;
  };
}
