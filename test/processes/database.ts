import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { withClient } from '@polity/kernel/db/provision';
import type { Leash } from './leash.ts';
import type { Victim } from './process.ts';

/** The embedded PostgreSQL; its own launcher starts it again. */
export interface Database extends Victim {
  url(database: string): string;
  rows<Row extends object>(database: string, sql: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

/** Half of the kills hit the server, the other half one of its backends, after which it ends all others and recovers. */
export async function database(dataDir: string, leash: Leash, onBirth?: (pid: number) => void): Promise<Database> {
  const server = await startEmbeddedPostgres({ dataDir });
  let life = 1;
  let isGreen = true;

  async function rows<Row extends object>(name: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    return withClient(server.url(name), async (client) => (await client.query<Row>(sql, values)).rows);
  }
  const postmaster = async () => {
    const [row] = await rows<{ file: string }>('postgres', `select pg_read_file('postmaster.pid') as file`);
    return Number.parseInt(row?.file ?? '', 10);
  };
  const anyBackend = async () => {
    const sql = `select pid from pg_stat_activity where datname like 'polity%' order by random() limit 1`;
    return (await rows<{ pid: number }>('postgres', sql))[0]?.pid;
  };

  async function green(withinMs: number) {
    const until = Date.now() + withinMs;
    for (;;) {
      try {
        const pid = await postmaster();
        leash.hold(pid);
        onBirth?.(pid);
        isGreen = true;
        return;
      } catch (error) {
        if (Date.now() > until) throw new Error('PostgreSQL does not come back', { cause: error });
        await sleep(50);
      }
    }
  }

  await green(10_000);
  return {
    name: 'postgres',
    url: server.url,
    rows,
    green,
    get life() {
      return life;
    },
    get isGreen() {
      return isGreen;
    },
    async kill() {
      const server = await postmaster();
      const pid = life % 2 === 0 ? await anyBackend() : server;
      isGreen = false;
      life += 1;
      if (pid === server) leash.letGo(server);
      process.kill(pid ?? server, 'SIGKILL');
    },
    signal() {
      throw new Error('the database can be killed only');
    },
    start: () => void green(60_000).catch(() => undefined),
    stop: () => server.stop(),
  };
}
