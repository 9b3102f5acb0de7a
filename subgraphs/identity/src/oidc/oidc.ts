import { deriveKey } from '@polity/kernel/config/secrets';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { type LiveSessions, liveSessions } from '@polity/kernel/request/live-sessions';
import { signedInKey } from '@polity/kernel/request/signed-in';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import type { JWK } from 'jose';
import type { Provider } from 'oidc-provider';
import { readConfig } from '../config.ts';
import { signingKeys } from '../domain/oidc-payload/signing-keys.ts';
import { secretBox } from '../secrets.ts';
import { removeExpired } from './adapter.ts';
import { accountClaims } from './claims.ts';
import { createProvider } from './provider.ts';
import { auditReplays } from './replay-audit.ts';
import { loadScopes, type ScopeCatalogue, scopeCatalogue } from './scopes.ts';
import { allowTokenExchange } from './token-exchange.ts';

/** How long keys and scopes are trusted before they are looked at again. */
const FRESH_MS = 30_000;
/** Older than this they are looked at before anything is done with them: a process that slept must not miss what was withdrawn. */
const STALE_MS = 60_000;

/** The OpenID Connect provider of a process. */
export interface Oidc {
  issuer: string;
  publicUrl: string;
  /** The provider over the present keys and scopes. */
  provider(): Promise<Provider>;
  /** Public keys that sign access tokens now, or did lately. */
  publicKeys(): Promise<JWK[]>;
  scopes(): Promise<ScopeCatalogue>;
  /** Reads keys and scopes anew, whatever their age. */
  refresh(): Promise<void>;
  /** Which sessions of browsers go on. */
  liveSessions: LiveSessions;
}

interface State {
  provider: Provider;
  keys: JWK[];
  scopes: ScopeCatalogue;
  readAt: number;
}

function publicPart({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...jwk }: JWK): JWK {
  return jwk;
}

const sameKeys = (a: JWK[], b: JWK[]) => a.map(({ kid }) => kid).join() === b.map(({ kid }) => kid).join();
const sameScopes = (a: ScopeCatalogue, b: ScopeCatalogue) => [...a.keys()].join() === [...b.keys()].join();

const opened = new WeakMap<Runtime, Oidc>();

/** The provider of this process, for routes, verbs and consumers alike. */
export function oidcOf(runtime: Runtime): Oidc {
  const known = opened.get(runtime) ?? openOidc(runtime);
  opened.set(runtime, known);
  return known;
}

/** Reads keys and scopes; the provider is made anew only where one of them changed. */
function stateReader(runtime: Runtime): (former: State | null) => Promise<State> {
  const { masterSecret, publicUrl, outbound, clock, log, stamps } = runtime;
  const secrets = secretBox(masterSecret, readConfig(runtime.env).secretKeyIds);
  const cookieKeys = [deriveKey(masterSecret, 'identity/oidc-cookies').toString('base64url')];
  const nonceSecret = deriveKey(masterSecret, 'identity/oidc-dpop-nonce');
  // Shared by all requests: nothing is kept in it, it only leads to the connection.
  const shared = runtime.em(null);
  const openEm = () => shared;
  const claims = accountClaims(runtime);
  const tokensEnded = tokenEpoch(stamps, clock).advance;
  const given = {
    openEm,
    liveSessions: liveSessions(runtime.kv),
    tokensEnded,
    claims,
    signedInKey: signedInKey(masterSecret),
  };
  const fixed = { publicUrl, outbound, cookieKeys, nonceSecret, clock, log, ...given };
  return async (former) => {
    const [keys, loaded] = await Promise.all([
      signingKeys(shared, secrets, clock.now()),
      loadScopes(runtime.services(null), log),
    ]);
    const scopes = loaded ?? former?.scopes ?? scopeCatalogue([]);
    await removeExpired(shared);
    const kept = former && sameKeys(former.keys, keys) && sameScopes(former.scopes, scopes) ? former.provider : null;
    const provider = kept ?? createProvider({ ...fixed, keys, scopes: new Set(scopes.keys()) });
    if (!kept) {
      auditReplays(provider, runtime);
      allowTokenExchange(provider, runtime, { em: shared, clock, oidc: oidcOf(runtime) });
    }
    return { provider, keys, scopes, readAt: clock.nowMs() };
  };
}

/** Opens the provider; keys are made with the first use. */
function openOidc(runtime: Runtime): Oidc {
  const { publicUrl, clock, log } = runtime;
  const read = stateReader(runtime);
  let state: State | null = null;
  let reading: Promise<State> | null = null;

  function readOnce(): Promise<State> {
    reading ??= read(state)
      .then((fresh) => (state = fresh))
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  async function current(): Promise<State> {
    if (!state) return readOnce();
    const age = clock.nowMs() - state.readAt;
    if (age <= FRESH_MS) return state;
    // A failure leaves what is there and is tried again with the next request.
    const known = state;
    const read = readOnce().catch((err: unknown) => {
      log.warn({ err }, 'keys and scopes could not be read');
      return known;
    });
    return age > STALE_MS ? read : known;
  }

  return {
    issuer: publicUrl,
    publicUrl,
    provider: async () => (await current()).provider,
    publicKeys: async () => (await current()).keys.map(publicPart),
    scopes: async () => (await current()).scopes,
    refresh: async () => void (await readOnce()),
    liveSessions: liveSessions(runtime.kv),
  };
}
