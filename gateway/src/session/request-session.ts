import { Conflict, Unauthenticated } from '@polity/kernel/graph/errors';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { stillBound } from '@polity/kernel/request/vouched';
import { type CookieOptions, expiredCookie, sessionCookie } from './cookie.ts';
import { type FoundSession, LONGEST_SECONDS, type SessionRecord } from './record.ts';
import type { SessionStore } from './store.ts';

/** What identity may ask of the session; it never sees the cookie. */
export type SessionGrant =
  | { kind: 'start'; userId: string; amr: string[]; acr: string; authTime: number }
  | { kind: 'stepUp'; userId: string; amr: string[]; acr: string; authTime: number }
  | { kind: 'endOthers'; userId: string }
  | { kind: 'endAll'; userId: string };

/** The session of one request: applies grants of identity and the viewer's own acts, and says which cookie to answer with. */
export interface RequestSession {
  readonly current: FoundSession | null;
  apply(grant: unknown): Promise<void>;
  signOut(): Promise<boolean>;
  /** Ends one session of the same person and returns it as it was; null when there is none. */
  revoke(id: string): Promise<SessionRecord | null>;
  revokeOthers(): Promise<number>;
  /** A new session id for the same person in another tenant. Throws CONFLICT where the host names the tenant. */
  moveTo(tenantId: string): Promise<void>;
}

export interface RequestSessionOptions {
  store: SessionStore;
  cookie: CookieOptions;
  found: FoundSession | null;
  tenantId: string | null;
  /** Whether the host names the tenant, so that the session cannot leave it. */
  tenantOfHost: boolean;
  device: string | null;
  address: string | null;
  setCookie(value: string): void;
  /** Called when the person asking, or their tenant, has changed within the operation. */
  onViewer(viewer: Viewer, tenantId: string | null): void;
}

/** The viewer that a session stands for; master flags are read with the access set. */
export function viewerOf({ userId, id, amr, acr, authTime }: SessionRecord): Viewer {
  return { kind: 'user', id: userId, sessionId: id, amr, acr, authTime, scopes: null, flags: [] };
}

/** Which session it is, and the two ways in which that changes. */
interface SessionState {
  current: FoundSession | null;
  required(): FoundSession;
  take(next: { cookie: string; found: FoundSession } | null): void;
  drop(): void;
}

function sessionState(options: RequestSessionOptions): SessionState {
  const self: SessionState = {
    current: options.found,
    required() {
      if (!self.current) throw new Unauthenticated();
      return self.current;
    },
    take(next) {
      if (!next) throw new Unauthenticated();
      self.current = next.found;
      const { record } = next.found;
      options.setCookie(sessionCookie(options.cookie, next.cookie, LONGEST_SECONDS));
      options.onViewer(viewerOf(record), record.tenantId);
    },
    drop() {
      const tenantId = self.current?.record.tenantId ?? options.tenantId;
      self.current = null;
      options.setCookie(expiredCookie(options.cookie));
      options.onViewer(anonymous, tenantId);
    },
  };
  return self;
}

async function applyGrant(
  grant: SessionGrant,
  session: SessionState,
  { store, tenantId, device, address }: RequestSessionOptions,
): Promise<void> {
  if (grant.kind === 'start') {
    // A new id at every sign-in, and the old session ends: no fixation (ASVS 7.2.4).
    if (session.current) await store.end(session.current);
    const { userId, amr, acr, authTime } = grant;
    return session.take(await store.start({ userId, tenantId, amr, acr, authTime, device, address }));
  }
  if (grant.kind === 'stepUp') {
    const { userId, acr, authTime } = grant;
    const found = session.required();
    if (found.record.userId !== userId) throw new Unauthenticated();
    const amr = stillBound(found.record, grant.amr);
    return session.take(await store.renew(found, { amr, acr, authTime }));
  }
  const own = session.current?.record.userId === grant.userId ? session.current : null;
  await store.endAll(grant.userId, grant.kind === 'endOthers' ? own?.key : undefined);
  if (grant.kind === 'endAll' && own) session.drop();
}

/** The session of one request, as it was found. */
export function requestSession(options: RequestSessionOptions): RequestSession {
  const { store } = options;
  const session = sessionState(options);
  return {
    get current() {
      return session.current;
    },
    apply: (grant) => applyGrant(grant as SessionGrant, session, options),
    async signOut() {
      if (!session.current) return false;
      const ended = await store.end(session.current);
      session.drop();
      return ended;
    },
    async revoke(id) {
      const { record } = session.required();
      const ended = await store.endById(record.userId, id);
      if (id === record.id) session.drop();
      return ended;
    },
    async revokeOthers() {
      const { key, record } = session.required();
      return store.endAll(record.userId, key);
    },
    async moveTo(tenantId) {
      const found = session.required();
      if (options.tenantOfHost && tenantId !== options.tenantId)
        throw new Conflict('This address belongs to one tenant. Go to that of the other.');
      session.take(await store.renew(found, { tenantId }));
    },
  };
}
