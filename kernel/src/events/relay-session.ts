import pg from 'pg';
import { tryLead } from './relay-sql.ts';

/** The one connection of a relay; it holds the session lock that makes this process the relay of its database. */
export interface RelaySession {
  /** The connection when this process is the relay, null while another one is; throws what the database throws. */
  lead(): Promise<pg.Client | null>;
  /** The connection, whoever relays. */
  connected(): Promise<pg.Client>;
  close(): Promise<void>;
}

const ANSWER_MS = 10_000;

/** Makes a new connection ready, before it relays anything. */
export type Prepare = (client: pg.Client) => Promise<void>;

async function open(url: string, prepare: Prepare, onLost: (client: pg.Client) => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'polity-relay',
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
  });
  client.on('error', () => onLost(client));
  client.on('end', () => onLost(client));
  await client.connect();
  await prepare(client);
  return client;
}

/** Opens the connection when it is first needed and again after it was lost; with it the lock is lost and sought anew. */
export function relaySession(url: string, prepare: Prepare = async () => {}): RelaySession {
  let current: Promise<pg.Client> | undefined;
  let leader: pg.Client | undefined;

  async function connected() {
    if (!current) {
      const opening = open(url, prepare, () => {
        if (current === opening) current = undefined;
      });
      current = opening;
      opening.catch(() => {
        if (current === opening) current = undefined;
      });
    }
    return current;
  }

  return {
    connected,
    async lead() {
      const client = await connected();
      if (leader !== client) leader = (await tryLead(client)) ? client : undefined;
      return leader ?? null;
    },
    async close() {
      const opened = current;
      current = undefined;
      leader = undefined;
      await opened?.then(
        (client) => client.end(),
        () => undefined,
      );
    },
  };
}
