import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { StartError } from '@polity/kernel/config/start-error';
import { electionBallot } from '../subgraphs/voting/src/domain/ballot/ballot.content.ts';
import type { BallotContent } from '../subgraphs/voting/src/domain/ballot/ballot.entity.ts';

// Pages through the published ballots of a poll of any size, as whoever sees it, and makes the export of them that `count` and `verify` read.

const USAGE = 'usage: npm run voting -- fetch POLL --url URL [--token TOKEN] [--tenant SLUG] > FILE.json';
const TRIES = 30;
const POLL = `query ExportedPoll($id: ID!) { poll(id: $id) { id title method rule seats maxChoices minScore maxScore credits options { id title } results { seed } } }`;
const BALLOTS = `query ExportedBallots($id: ID!, $after: String) { poll(id: $id) { publishedBallots(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
  edges { node { hash weight content { choices { id } ranking { id } scores { option { id } score } consent reason abstain } } } } } }`;

interface Target {
  url: string;
  token: string | undefined;
  tenant: string | undefined;
}

interface Id {
  id: string;
}
type Method = 'PLURALITY' | 'APPROVAL' | 'SCORE' | 'RANKED' | 'CONSENT';
interface Poll extends Id {
  title: string;
  method: Method;
  results: { seed: string | null } | null;
}
interface Node {
  hash: string;
  weight: number;
  content: {
    choices: Id[] | null;
    ranking: Id[][] | null;
    scores: { option: Id; score: number }[] | null;
    consent: BallotContent['consent'] | null;
    reason: string | null;
    abstain: boolean;
  };
}
interface Page {
  publishedBallots: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Node }[] } | null;
}

interface Reply<Data> {
  data?: { poll: Data | null } | null;
  errors?: { message: string }[];
}

/** One question about the poll. Throws StartError where it is not answered. */
async function ask<Data>({ url, token, tenant }: Target, query: string, variables: object): Promise<Data> {
  const headers = {
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
    ...(tenant && { 'x-tenant': tenant }),
  };
  for (let tries = 1; ; tries++) {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const reply = (await answer.json().catch(() => ({}))) as Reply<Data>;
    if (reply.data?.poll) return reply.data.poll;
    // Many pages cost more points than one may spend at once.
    const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (tries === TRIES || Number.isNaN(wait))
      throw new StartError(reply.errors?.[0]?.message ?? 'There is no such poll, or it is hidden from you.');
    await sleep(wait * 1_000);
  }
}

const ids = (list: readonly Id[]) => list.map(({ id }) => id);

function contentOf({ choices, ranking, scores, consent, reason, abstain }: Node['content']): BallotContent {
  return {
    ...(choices && { choices: ids(choices) }),
    ...(ranking && { ranking: ranking.map(ids) }),
    ...(scores && { scores: scores.map(({ option, score }) => ({ option: option.id, score })) }),
    ...(consent && { consent }),
    ...(reason && { reason }),
    ...(abstain && { abstain }),
  };
}

/** `fetch POLL --url URL`: the export, as it is to be printed. Throws StartError. */
export async function fetchCommand(args: readonly string[]): Promise<string> {
  const options = { url: { type: 'string' }, token: { type: 'string' }, tenant: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [id] = positionals;
  if (id === undefined || values.url === undefined) throw new StartError(USAGE);
  const target = { url: values.url, token: values.token, tenant: values.tenant };
  const { method, results, ...poll } = await ask<Poll>(target, POLL, { id });
  if (!results) throw new StartError('This poll was not counted yet.');
  const ballots: object[] = [];
  for (let after: string | null = null; ; ) {
    const { publishedBallots: page }: Page = await ask<Page>(target, BALLOTS, { id, after });
    if (!page) throw new StartError('This poll was not counted yet.');
    for (const { node } of page.edges) {
      const content = contentOf(node.content);
      ballots.push({ ...electionBallot(content, { method }, node.weight), hash: node.hash, content });
    }
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  return `${JSON.stringify({ poll, seed: results.seed, ballots })}\n`;
}
