import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '@polity/kernel/config/start-error';
import { withClient } from '@polity/kernel/db/provision';
import { type RedriveRequest, requestRedrive } from '@polity/kernel/events/redrive-request';
import type { ReplaySelection } from '@polity/kernel/events/replay';
import { isUuid } from '@polity/kernel/ids';
import { relay, replay, selectionOf } from './outbox-publish.ts';

export const USAGE = `usage: npm run outbox -- status
       npm run outbox -- relay [subgraph]
       npm run outbox -- replay <subgraph> --since <moment> [--until <moment>] [--type <type or pattern>]...
       npm run outbox -- dead-letters [subgraph]
       npm run outbox -- redrive <consumer> <event id>
       npm run outbox -- redrive <consumer> --all
relay, replay and redrive only say what they would do with --dry-run.`;

/** Addresses of the databases of services, by name. */
export type Addresses = Readonly<Record<string, string>>;

type Client = Parameters<typeof requestRedrive>[0];

/** How long the service may take to run one dead letter. */
const ANSWER_MS = 30_000;
const LOOK_MS = 100;

const STATUS = `select
  (select count(*)::int from outbox where published_at is null) as pending,
  (select coalesce(extract(epoch from now() - min(created_at)), 0)::int from outbox where published_at is null) as oldest,
  (select count(*)::int from dead_letter where state = 'retrying') as retrying,
  (select count(*)::int from dead_letter where state = 'dead') as dead`;
const LIST = `select consumer, event_id, payload->>'type' as type, attempts, last_at, error from dead_letter
  where state = 'dead' order by last_at desc limit 100`;
const LETTER = 'select state, attempts, error from dead_letter where consumer = $1 and event_id = $2';
const OF_CONSUMER = `select event_id from dead_letter where state = 'dead' and consumer = $1 order by first_at`;

interface Letter {
  state: string;
  attempts: number;
  error: string;
}

function addressOf(addresses: Addresses, name: string): string {
  const url = addresses[name];
  if (!url) throw new StartError(`There is no subgraph ${name || 'without a name'}.\n${USAGE}`);
  return url;
}

async function status(addresses: Addresses): Promise<string[]> {
  const lines = Object.entries(addresses).map(([name, url]) =>
    withClient(url, async (client) => {
      const { pending, oldest, retrying, dead } = (await client.query(STATUS)).rows[0];
      return `${name.padEnd(12)} ${pending} to publish (oldest ${oldest} s), ${retrying} to try again, ${dead} dead letters`;
    }),
  );
  return Promise.all(lines);
}

async function deadLetters(addresses: Addresses, name: string | undefined): Promise<string[]> {
  const urls = name ? [addressOf(addresses, name)] : Object.values(addresses);
  const found = await Promise.all(
    urls.map((url) => withClient(url, async (client) => (await client.query(LIST)).rows)),
  );
  const lines = found
    .flat()
    .map(
      ({ consumer, event_id, type, attempts, last_at, error }) =>
        `${consumer} ${event_id} ${type}, ${attempts} tries, last ${last_at.toISOString()}: ${error}`,
    );
  return lines.length > 0 ? lines : ['No dead letters.'];
}

async function letterOf(client: Client, { consumer, eventId }: RedriveRequest): Promise<Letter | undefined> {
  return (await client.query<Letter>(LETTER, [consumer, eventId])).rows[0];
}

/** Has the running service handle it, since only there is the consumer, and says what came of it. */
async function redriveOne(client: Client, request: RedriveRequest): Promise<string> {
  const before = await letterOf(client, request);
  const { consumer, eventId } = request;
  if (before?.state !== 'dead') throw new StartError(`${consumer} has no dead letter ${eventId}.`);
  await requestRedrive(client, request);
  for (const until = Date.now() + ANSWER_MS; Date.now() < until; await sleep(LOOK_MS)) {
    const now = await letterOf(client, request);
    if (now?.state === 'redriven') return `${eventId}: handled`;
    if (now && now.attempts > before.attempts) return `${eventId}: failed again: ${now.error}`;
  }
  throw new StartError(`No process of ${consumer.split('.')[0]} took ${eventId} within 30 seconds. Does it run?`);
}

async function redrive(addresses: Addresses, consumer: string, which: string, dryRun: boolean): Promise<string[]> {
  return withClient(addressOf(addresses, consumer.split('.')[0] ?? ''), async (client) => {
    const all = which === '--all' ? (await client.query(OF_CONSUMER, [consumer])).rows : [{ event_id: which }];
    if (dryRun) return [`${consumer}: ${all.length} to be handled again`];
    const lines: string[] = [];
    for (const { event_id: eventId } of all) lines.push(await redriveOne(client, { consumer, eventId }));
    return lines.length > 0 ? lines : [`${consumer} has no dead letters.`];
  });
}

async function relayAll(addresses: Addresses, name: string | undefined, dryRun: boolean): Promise<string[]> {
  const names = name ? [name] : Object.keys(addresses);
  return Promise.all(names.map((each) => relay(each, addressOf(addresses, each), dryRun)));
}

function meant(options: readonly string[]): ReplaySelection {
  try {
    return selectionOf(options, new Date());
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

/**
 * The command that these arguments mean; it answers with what it has to say. Throws StartError for arguments that mean nothing, before any
 * database is looked for, and the command for what an operator can mend.
 */
export function outboxCommand(argv: readonly string[]): (addresses: Addresses) => Promise<string[]> {
  const dryRun = argv.includes('--dry-run');
  const [command, first, second, ...more] = argv.filter((word) => word !== '--dry-run');
  if (command === 'replay' && first) {
    const selection = meant(second === undefined ? more : [second, ...more]);
    return async (all) => [await replay(first, addressOf(all, first), selection, dryRun)];
  }
  if (more.length > 0) throw new StartError(USAGE);
  if (command === 'relay' && !second) return async (all) => relayAll(all, first, dryRun);
  if (command === 'redrive' && first && second && (second === '--all' || isUuid(second)))
    return async (all) => redrive(all, first, second, dryRun);
  if (dryRun) throw new StartError(USAGE);
  if (command === 'status' && !first) return status;
  if (command === 'dead-letters' && !second) return async (all) => deadLetters(all, first);
  throw new StartError(USAGE);
}
