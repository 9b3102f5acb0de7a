import { Unauthenticated } from '@polity/kernel/graph/errors';
import type { Viewer } from '@polity/kernel/request/context';
import { expiredCookie, type CookieOptions, sessionCookie } from './cookie.ts';
import { type FoundSession, LIFETIMES, type SessionRecord, type SessionStore } from './store.ts';

/** What identity may ask of the session; it never sees the cookie. */
export type SessionGrant =
  | { kind: 'start'; userId: string; amr: string[]; acr: string; authTime: number }
  | { kind: 'stepUp'; amr: string[]; acr: string; authTime: number }
  | { kind: 'endOthers'; userId: string }
  | { kind: 'endAll'; userId: string };

/** The session of one request: applies grants of identity and the viewer's own acts, and says which cookie to answer with. */
export interface SessionKeeper {
  readonly current: FoundSession | null;
  apply(grant: unknown): Promise<void>;
  signOut(): Promise<boolean>;
  revoke(id: string): Promise<boolean>;
  revokeOthers(): Promise<number>;
  /** A new session id for the same person in another tenant. */
  moveTo(tenantId: string): Promise<void>;
}

export interface KeeperOptions {
  store: SessionStore;
  cookie: CookieOptions;
  found: FoundSession | null;
  tenantId: string | null;
  device: string | null;
  address: string | null;
  setCookie(value: string): void;
  /** Called when the person asking has changed within the operation. */
  onViewer(viewer: Viewer, tenantId: string | null): void;
}

/** The viewer that a session stands for; master flags are read with the access set. */
export function viewerOf(record: SessionRecord): Viewer {
  return {
    kind: 'user',
    id: record.userId,
    sessionId: record.id,
    amr: record.amr,
    acr: record.acr,
    authTime: record.authTime,
    scopes: null,
    flags: [],
  };
}

/** Keeper of one request's session. */
export function sessionKeeper(options: KeeperOptions): SessionKeeper {
  const { store, cookie } = options;
  let current = options.found;

  function take(next: { cookie: string; found: FoundSession }): void {
    current = next.found;
    const { record } = next.found;
    options.setCookie(sessionCookie(cookie, next.cookie, LIFETIMES[record.acr]?.absolute ?? 0));
    options.onViewer(viewerOf(record), record.tenantId);
  }

  function required(): FoundSession {
    if (!current) throw new Unauthenticated();
    return current;
  }

  async function start(grant: Extract<SessionGrant, { kind: 'start' }>): Promise<void> {
    // A new id at every sign-in, and the old session ends: no fixation (ASVS 7.2.4).
    if (current) await store.end(current);
    const { userId, amr, acr, authTime } = grant;
    const { tenantId, device, address } = options;
    take(await store.start({ userId, tenantId, amr, acr, authTime, device, address }));
  }

  return {
    get current() {
      return current;
    },
    async apply(received) {
      const grant = received as SessionGrant;
      if (grant.kind === 'start') return start(grant);
      if (grant.kind === 'stepUp') return take(await store.renew(required(), { amr: grant.amr, acr: grant.acr, authTime: grant.authTime }));
      const own = current?.record.userId === grant.userId ? current : null;
      await store.endAll(grant.userId, grant.kind === 'endOthers' ? own?.key : undefined);
      if (grant.kind === 'endAll' && own) {
        current = null;
        options.setCookie(expiredCookie(cookie));
      }
    },
    async signOut() {
      if (!current) return false;
      await store.end(current);
      current = null;
      options.setCookie(expiredCookie(cookie));
      return true;
    },
    async revoke(id) {
      const { record } = required();
      const ended = await store.endById(record.userId, id);
      if (ended && id === record.id) options.setCookie(expiredCookie(cookie));
      return ended;
    },
    async revokeOthers() {
      const { key, record } = required();
      return store.endAll(record.userId, key);
    },
    async moveTo(tenantId) {
      take(await store.renew(required(), { tenantId }));
    },
  };
}
