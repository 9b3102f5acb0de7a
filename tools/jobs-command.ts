import { StartError } from '@polity/kernel/config/start-error';
import { withClient } from '@polity/kernel/db/provision';

export const USAGE = `usage: npm run jobs -- status [subgraph]
       npm run jobs -- retry <subgraph> <id>
       npm run jobs -- drop <subgraph> <id>`;

/** Addresses of the databases of services, by name. */
export type Addresses = Readonly<Record<string, string>>;

interface Row {
  id: string;
  name: string;
  key: string;
  state: string;
  attempts: number;
  due: Date;
  runs: boolean;
  error: string | null;
}

// What waits for its first try is counted only: there may be many of them.
const LIST = `select id, name, key, state, attempts, due_at as due, coalesce(leased_until > clock_timestamp(), false) as runs, last_error as error
  from job where key = '' or state = 'failed' or attempts > 0 order by state, name, id limit 200`;
const WAITING = `select count(*)::int as n from job where key <> '' and state = 'waiting' and attempts = 0`;
const RETRY = `update job set state = 'waiting', attempts = 0, due_at = clock_timestamp(), version = version + 1 where id = $1 and state = 'failed' returning name`;
const DROP = `delete from job where id = $1 and state = 'failed' returning name`;

function describe({ id, name, key, state, attempts, due, runs, error }: Row): string {
  const what = runs ? 'runs now' : state === 'failed' ? 'given up' : `due ${due.toISOString()}`;
  const tries = error === null ? '' : `, ${attempts} tries, last ${error}`;
  return `  ${id} ${name}${key && ` ${key}`}: ${what}${tries}`;
}

async function status(addresses: Addresses): Promise<string[]> {
  const found = Object.entries(addresses).map(([name, url]) =>
    withClient(url, async (client) => {
      const { rows } = await client.query<Row>(LIST);
      const { n } = (await client.query<{ n: number }>(WAITING)).rows[0] ?? { n: 0 };
      return [`${name}: ${n} enqueued jobs wait`, ...rows.map(describe)];
    }),
  );
  return (await Promise.all(found)).flat();
}

function addressesOf(addresses: Addresses, name: string): Addresses {
  const url = addresses[name];
  if (!url) throw new StartError(`There is no subgraph ${name}.\n${USAGE}`);
  return { [name]: url };
}

async function onFailed(addresses: Addresses, name: string, id: string, sql: string): Promise<string> {
  const url = Object.values(addressesOf(addresses, name))[0] as string;
  const { rows } = await withClient(url, (client) => client.query<{ name: string }>(sql, [id]));
  if (!rows[0]) throw new StartError(`${name} gave up no job ${id}.`);
  return rows[0].name;
}

/**
 * The command that these arguments mean; it answers with what it has to say. Throws StartError for arguments that mean nothing, before any
 * database is looked for, and the command for what an operator can mend.
 */
export function jobsCommand(argv: readonly string[]): (addresses: Addresses) => Promise<string[]> {
  const [command, name, id, ...more] = argv;
  if (command === 'status' && !id) return async (all) => status(name ? addressesOf(all, name) : all);
  if (!name || !id || !/^\d{1,18}$/.test(id) || more.length > 0) throw new StartError(USAGE);
  if (command === 'retry') return async (all) => [`${await onFailed(all, name, id, RETRY)} ${id} runs again.`];
  if (command === 'drop') return async (all) => [`${await onFailed(all, name, id, DROP)} ${id} is dropped.`];
  throw new StartError(USAGE);
}
