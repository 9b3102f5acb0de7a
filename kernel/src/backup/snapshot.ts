import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../config/start-error.ts';

const LOCK_MS = 1_000;
const TRIES = 20;
const LOCKED = new Set(['55P03', '40P01']);

/** One client per database, all of which see the installation as it was at one moment. */
export interface Snapshots {
  client(service: string): pg.Client;
  close(): Promise<void>;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Opens a read-only snapshot of each database (by service, as its owner). For a moment no event can be recorded or consumed anywhere:
 * every effect of an event that one snapshot has, its origin's snapshot has, too. Whoever writes meanwhile waits. Throws StartError
 * where such a moment cannot be found.
 */
export async function openSnapshots(urls: Readonly<Record<string, string>>): Promise<Snapshots> {
  const clients = new Map<string, pg.Client>();
  const close = async () => void (await Promise.all([...clients.values()].map((client) => client.end())));
  try {
    for (const [service, url] of Object.entries(urls)) clients.set(service, await connect(url));
    await stillMoment(Object.values(urls), async () => {
      await Promise.all(
        [...clients.values()].map((client) =>
          // The first statement takes the snapshot.
          client.query('begin isolation level repeatable read read only; set local row_security = off; select 1'),
        ),
      );
    });
    return { client: (service) => clients.get(service) as pg.Client, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function stillMoment(urls: readonly string[], act: () => Promise<void>): Promise<void> {
  const lockers = await Promise.all(urls.map(connect));
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        for (const locker of lockers) await holdEvents(locker);
        return await act();
      } catch (error) {
        if (!LOCKED.has((error as pg.DatabaseError).code ?? '')) throw error;
        if (attempt === TRIES) {
          throw new StartError('No moment without a long transaction was found. Try again when less is written.', {
            cause: error,
          });
        }
        // Requests that wait for each other across services must not wait for us as well.
        await Promise.all(lockers.map((locker) => locker.query('rollback')));
        await sleep(200 + Math.random() * 300);
      }
    }
  } finally {
    await Promise.all(lockers.map((locker) => locker.end()));
  }
}

async function holdEvents(locker: pg.Client): Promise<void> {
  await locker.query(`begin; set local lock_timeout = ${LOCK_MS}`);
  await locker.query('lock table outbox, inbox in share mode');
}
