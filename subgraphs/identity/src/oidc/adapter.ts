import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { rows, rowsApart } from '@polity/kernel/db/orm';
import type { LiveSessions } from '@polity/kernel/request/live-sessions';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { clientMetadata, findClient } from './clients.ts';

/** Gives an EntityManager for one statement. */
export type OpenEm = () => EntityManager;

/** How opaque tokens begin: secret scanners know a leaked one by it, and a look-up knows where not to look. */
export const TOKEN_PREFIX: ReadonlyMap<string, string> = new Map([
  ['AccessToken', 'polity_at_'],
  ['ClientCredentials', 'polity_ct_'],
  ['RefreshToken', 'polity_rt_'],
]);

interface Row {
  payload: AdapterPayload;
  consumed: number | null;
}

/** Ids are bearer secrets: a copy of the database must not open a session or spend a token. */
export const keyOf = (model: string, id: string): string =>
  `${model}:${createHash('sha256').update(id).digest('base64url')}`;

const UPSERT = `insert into oidc_payload
  (key, created_at, model, payload, grant_id, uid, account_id, client_id, expires_at)
  values (?, now(), ?, ?::jsonb, ?, ?, ?::uuid, ?::uuid, to_timestamp(?))
  on conflict (key) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
    account_id = excluded.account_id, client_id = excluded.client_id, expires_at = excluded.expires_at`;
const COLUMNS = 'payload, extract(epoch from consumed_at)::float8 as consumed';
/** Under what name the code that people type is hashed: it is short, and whoever reads the database must not find it there. */
export const USER_CODE = 'UserCode';
/** For models that the provider gives no lifetime, in seconds. */
const DEFAULT_LIFE = 24 * 3600;
const GRANT_BOUND = new Set(['AccessToken', 'AuthorizationCode', 'DeviceCode', 'RefreshToken']);
/** Models whose end is the end of access tokens. */
const HOLDS_TOKENS = new Set(['AccessToken', 'ClientCredentials', 'Grant', 'Session']);

function storedForm(payload: AdapterPayload): string {
  const { jti: _, userCode: __, ...kept } = payload;
  const json = JSON.stringify(kept);
  // PostgreSQL refuses U+0000 in jsonb; without this the client would get a server error for its own input.
  if (json.includes('\\u0000')) throw new errors.InvalidRequest('NUL characters are not allowed');
  return json;
}

function payloadOf(row: Row | undefined, id?: string): AdapterPayload | undefined {
  if (!row) return undefined;
  const consumed = row.consumed === null ? {} : { consumed: Math.floor(row.consumed) };
  return { ...row.payload, ...(id !== undefined && { jti: id }), ...consumed };
}

interface Result {
  login?: { browserSession?: string };
}

/** Session of the gateway on which this rests; undefined for what rests on none, and null where one is missing. */
function restsOn(model: string, { accountId, browserSession, result }: AdapterPayload): string | null | undefined {
  if (model === 'Session') return accountId ? ((browserSession as string | undefined) ?? null) : undefined;
  const { login } = model === 'Interaction' ? ((result as Result | undefined) ?? {}) : {};
  return login && (login.browserSession ?? null);
}

/** Uses a row up in one statement. Of any number of simultaneous uses one succeeds; any other is a replay and costs the whole grant. */
async function consumeOnce(em: EntityManager, key: string, tokensEnded: () => Promise<void>): Promise<void> {
  const won = await rows(
    em,
    'update oidc_payload set consumed_at = now() where key = ? and consumed_at is null returning key',
    [key],
  );
  if (won.length > 0) return;
  await rows(em, 'delete from oidc_payload where grant_id = (select grant_id from oidc_payload where key = ?)', [key]);
  await tokensEnded();
  throw new errors.InvalidGrant('already used');
}

interface AdapterOptions {
  openEm: OpenEm;
  knownScopes: ReadonlySet<string>;
  liveSessions: LiveSessions;
  /** Awaited after whatever ends access tokens. */
  tokensEnded(): Promise<void>;
}

/** Keeps what the provider remembers of one model in PostgreSQL; clients are read from the applications themselves. */
export function postgresAdapter({ openEm, knownScopes, liveSessions, tokensEnded }: AdapterOptions) {
  // What is stored is not enough: a request under way may write a session back that has ended meanwhile.
  async function unlessOver(model: string, payload: AdapterPayload | undefined): Promise<AdapterPayload | undefined> {
    const sessionId = payload && restsOn(model, payload);
    if (sessionId === undefined) return payload;
    return sessionId !== null && (await liveSessions.isLive(sessionId)) ? payload : undefined;
  }

  return (model: string): Adapter => ({
    async upsert(id, payload, expiresIn = DEFAULT_LIFE) {
      const { grantId, userCode, accountId, clientId } = payload;
      const uid = payload.uid ?? (userCode && keyOf(USER_CODE, userCode));
      const grant = model === 'Grant' ? id : (grantId ?? null);
      const expiresAt = Math.floor(Date.now() / 1000) + expiresIn;
      const owners = [uid ?? null, accountId ?? null, clientId ?? null];
      const params = [keyOf(model, id), model, storedForm(payload), grant, ...owners, expiresAt];
      await rows(openEm(), UPSERT, params);
    },
    async find(id) {
      if (model === 'Client') return clientMetadata(await findClient(openEm(), id), knownScopes);
      if (!id.startsWith(TOKEN_PREFIX.get(model) ?? '')) return undefined;
      const [row] = await rows<Row>(openEm(), `select ${COLUMNS} from oidc_payload where key = ?`, [keyOf(model, id)]);
      return unlessOver(model, payloadOf(row, id));
    },
    async findByUid(uid) {
      const [row] = await rows<Row>(openEm(), `select ${COLUMNS} from oidc_payload where uid = ? and model = ?`, [
        uid,
        model,
      ]);
      return unlessOver(model, payloadOf(row));
    },
    // What people do with their codes is not the library's (`device.ts`).
    findByUserCode: async () => undefined,
    consume: (id) => consumeOnce(openEm(), keyOf(model, id), tokensEnded),
    async destroy(id) {
      await rows(openEm(), 'delete from oidc_payload where key = ?', [keyOf(model, id)]);
      if (HOLDS_TOKENS.has(model)) await tokensEnded();
    },
    async revokeByGrantId(grantId) {
      if (!GRANT_BOUND.has(model)) return;
      await rows(openEm(), 'delete from oidc_payload where grant_id = ? and model = ?', [grantId, model]);
      if (HOLDS_TOKENS.has(model)) await tokensEnded();
    },
  });
}

/** Remembers a name for some seconds; true for the first of any number of simultaneous tries, false for all others. */
export async function rememberOnce(em: EntityManager, name: string, seconds: number): Promise<boolean> {
  const sql = `insert into oidc_payload (key, created_at, model, payload, expires_at)
    values (?, now(), 'ReplayDetection', '{}', now() + make_interval(secs => ?)) on conflict (key) do nothing returning key`;
  return (await rowsApart(em, sql, [keyOf('ReplayDetection', name), seconds])).length > 0;
}

/** Removes what has expired, at most 5,000 rows; repeated now and then. */
export async function removeExpired(em: EntityManager): Promise<void> {
  await rows(
    em,
    'delete from oidc_payload where key in (select key from oidc_payload where expires_at < now() limit 5000)',
    [],
  );
}
