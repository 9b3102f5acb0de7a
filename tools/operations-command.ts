import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { StartError } from '@polity/kernel/config/start-error';

const USAGE = `usage: npm run operations -- publish FILE --url URL --token TOKEN [--application ID] [--tenant SLUG] [--dry-run]
       npm run operations -- retire ID… --url URL --token TOKEN [--application ID] [--tenant SLUG]
FILE is a manifest (Apollo, Relay, codegen) or a folder of .graphql documents; TOKEN may be @FILE.`;

/** Operations and characters of one part: what is checked within the two seconds that one subgraph call may take, on a busy machine too. */
const PART_OPERATIONS = 250;
const PART_CHARACTERS = 200_000;
const TRIES = 30;
const PUBLISH = `mutation Publish($input: PublishOperationsInput!) {
  publishOperations(input: $input) { added restored unchanged }
}`;
const RETIRE =
  'mutation Retire($applicationId: ID, $ids: [ID!]!) { retireOperations(applicationId: $applicationId, ids: $ids) }';

type Pair = [id: string, text: string];

interface Target {
  url: string;
  token: string;
  applicationId: string | null;
  tenant: string | undefined;
}

interface Published {
  added: number;
  restored: number;
  unchanged: number;
}

function documentsOf(folder: string): Pair[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.graphql'));
  return files.sort().map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return [hash('sha256', text), text];
  });
}

/** Pairs say all that a manifest says; what Apollo's says besides, the text says too. */
function pairsOf(manifest: unknown): Pair[] {
  if (Array.isArray(manifest)) return manifest as Pair[];
  const { operations } = manifest as { operations?: { id: string; body: string }[] };
  return Array.isArray(operations) ? operations.map(({ id, body }) => [id, body]) : Object.entries(manifest as object);
}

/** Operations of a manifest or folder. Throws StartError for a file that is none. */
export function readOperations(path: string): Pair[] {
  let pairs: Pair[];
  try {
    pairs = statSync(path).isDirectory() ? documentsOf(path) : pairsOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StartError(`${path} is no manifest: ${(error as Error).message}`);
  }
  if (
    pairs.length === 0 ||
    !pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === 'string'))
  )
    throw new StartError(`${path} holds no operations in the form of Apollo, Relay or codegen.`);
  return pairs;
}

/** Parts that are small enough for one request each. */
export function partsOf(pairs: readonly Pair[]): Pair[][] {
  const parts: Pair[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const pair of pairs) {
    const size = pair[0].length + pair[1].length;
    const last = parts.at(-1);
    if (!last || last.length === PART_OPERATIONS || characters + size > PART_CHARACTERS) {
      parts.push([pair]);
      characters = size;
    } else {
      last.push(pair);
      characters += size;
    }
  }
  return parts;
}

interface Reply {
  data?: Record<string, unknown> | null;
  errors?: {
    message: string;
    extensions?: { code?: string; details?: { operations?: { id: string; message: string }[] } };
  }[];
}

function refusal(reply: Reply, status: number): StartError {
  const [error] = reply.errors ?? [];
  const breaches = error?.extensions?.details?.operations ?? [];
  const lines = breaches.map(({ id, message }) => `  ${id}: ${message}`);
  return new StartError(
    [`${error?.extensions?.code ?? status}: ${error?.message ?? 'no answer'}`, ...lines].join('\n'),
  );
}

async function ask<Data>({ url, token, tenant }: Target, query: string, variables: object): Promise<Data> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    ...(tenant && { 'x-tenant': tenant }),
  };
  for (let tries = 1; ; tries++) {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const reply = (await answer.json().catch(() => ({}))) as Reply;
    const [data] = Object.values(reply.data ?? {});
    if (!reply.errors && data !== undefined && data !== null) return data as Data;
    // Large manifests cost more points than one may spend at once.
    const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (tries === TRIES || Number.isNaN(wait)) throw refusal(reply, answer.status);
    await sleep(wait * 1_000);
  }
}

/** Tries all parts before the first is published, so that a manifest with a mistake changes nothing. */
async function publish(target: Target, path: string, dryRun: boolean): Promise<string> {
  const parts = partsOf(readOperations(path));
  const sum = { added: 0, restored: 0, unchanged: 0 };
  const send = (manifest: Pair[], tried: boolean) =>
    ask<Published>(target, PUBLISH, { input: { applicationId: target.applicationId, manifest, dryRun: tried } });
  for (const tried of dryRun || parts.length === 1 ? [dryRun] : [true, false]) {
    Object.assign(sum, { added: 0, restored: 0, unchanged: 0 });
    for (const part of parts) {
      const { added, restored, unchanged } = await send(part, tried);
      sum.added += added;
      sum.restored += restored;
      sum.unchanged += unchanged;
    }
  }
  return `${dryRun ? 'would be ' : ''}added ${sum.added}, restored ${sum.restored}, unchanged ${sum.unchanged}`;
}

/** Runs the command and returns what it has to say. Throws StartError for what its caller can mend. */
export async function operationsLine(argv: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...{ url: { type: 'string' }, token: { type: 'string' }, application: { type: 'string' } },
      ...{ tenant: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    },
  });
  const [command, ...rest] = positionals;
  const { url, token, application: applicationId = null, tenant } = values;
  if (!url || !token || rest.length === 0) throw new StartError(USAGE);
  const secret = token.startsWith('@') ? readFileSync(token.slice(1), 'utf8').trim() : token;
  const target: Target = { url: new URL('/graphql', url).href, token: secret, applicationId, tenant };
  if (command === 'publish' && rest.length === 1) return publish(target, rest[0] as string, values['dry-run']);
  if (command === 'retire') return `retired ${await ask<number>(target, RETIRE, { applicationId, ids: rest })}`;
  throw new StartError(USAGE);
}
