import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { StartError } from '@polity/kernel/config/start-error';
import { withClient } from '@polity/kernel/db/provision';
import { assertTypePattern } from '@polity/kernel/events/envelope';
import { countReplayable, endWaits, type ReplaySelection, replayBatch } from '@polity/kernel/events/replay';

type Client = Parameters<typeof endWaits>[0];

/** How long the relay of a service may take to publish what waits for it. */
const ANSWER_MS = 30_000;
const LOOK_MS = 100;
/** What comes new waits behind no more than this. */
const BATCH = 1_000;

const PENDING = 'select count(*)::int as n, max(last_error) as error from outbox where published_at is null';

interface Pending {
  n: number;
  error: string | null;
}

async function pendingOf(client: Client): Promise<Pending> {
  const { rows } = await client.query<Pending>(PENDING);
  return rows[0] ?? { n: 0, error: null };
}

/** What is still to be published once nothing is, or the patience is over. */
async function published(client: Client): Promise<Pending> {
  let pending = await pendingOf(client);
  for (const until = Date.now() + ANSWER_MS; pending.n > 0 && Date.now() < until; pending = await pendingOf(client))
    await sleep(LOOK_MS);
  return pending;
}

/** Has the running service publish what waits for its next try. */
export async function relay(name: string, url: string, dryRun: boolean): Promise<string> {
  return withClient(url, async (client) => {
    const { n } = await pendingOf(client);
    if (dryRun) return `${name}: ${n} to publish`;
    await endWaits(client);
    const left = await published(client);
    if (left.n === 0) return `${name}: ${n} published`;
    throw new StartError(
      `${name} did not publish ${left.n} within 30 seconds: ${left.error ?? 'no process of it runs, or they come faster than they go'}.`,
    );
  });
}

function momentOf(text: string | undefined, option: string): Date | null {
  if (text === undefined) return null;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new StartError(`${option} is no moment such as 2026-11-22T08:00:00Z.`);
  return moment;
}

/** Which events the options mean. Throws StartError for a moment that is none, and TypeError for what else means nothing. */
export function selectionOf(args: readonly string[], now: Date): ReplaySelection {
  const options = {
    since: { type: 'string' },
    until: { type: 'string' },
    type: { type: 'string', multiple: true },
  } as const;
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const since = momentOf(values.since, '--since');
  if (!since) throw new StartError('--since is needed: from which moment on.');
  for (const type of values.type ?? []) assertTypePattern(type);
  return { since, until: momentOf(values.until, '--until') ?? now, types: values.type ?? [] };
}

/** Has the running service publish events again, a thousand after the other. */
export async function replay(name: string, url: string, selection: ReplaySelection, dryRun: boolean): Promise<string> {
  return withClient(url, async (client) => {
    if (dryRun) return `${name}: ${await countReplayable(client, selection)} to publish again`;
    let total = 0;
    for (let afterId: string | undefined; ; ) {
      const batch = await replayBatch(client, selection, { ...(afterId && { afterId }), limit: BATCH });
      total += batch.events;
      const left = await published(client);
      if (left.n > 0) throw new StartError(`${name}: ${total} to publish again, of which ${left.n} are not yet.`);
      if (batch.events < BATCH || batch.lastId === null) return `${name}: ${total} published again`;
      afterId = batch.lastId;
    }
  });
}
