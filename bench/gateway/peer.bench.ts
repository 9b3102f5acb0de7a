// The feed through Polity and through a stock Apollo stack that does nothing else, in one run and with the same answer.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ask, load, percentile, startOneProcess } from '../one-process.ts';
import type { FeedPost } from './stock.ts';

const LANES = 8;
const SECONDS = 5;
const ROUNDS = 3;
const TICK_MS = 10;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const FEED = `{ posts(first: 20) { edges { node { title bodyHtml visibility author { displayName }
  scope { __typename ... on Tenant { name } ... on Community { name tenant { name } } ... on Team { name community { name } } } } } } }`;

interface Feed {
  data: { posts: { edges: { node: FeedPost }[] } };
}

async function startStock(posts: FeedPost[]) {
  const child = fork(new URL('stock.ts', import.meta.url), { env: { ...process.env, APOLLO_TELEMETRY_DISABLED: '1' } });
  child.send(posts);
  const [url] = (await once(child, 'message')) as [string];
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { url, cpuMs: () => (Number(stat()[11]) + Number(stat()[12])) * TICK_MS, stop: async () => child.kill() };
}

async function measure(call: () => Promise<unknown>, cpuMs: () => number) {
  await load(LANES, 2, call);
  const before = cpuMs();
  const times = await load(LANES, SECONDS, call);
  return { perSecond: times.length / SECONDS, p50: percentile(times, 0.5), cpu: (cpuMs() - before) / times.length };
}

const polity = await startOneProcess();
const input = { email: 'alice@demo.test', password: 'polity-demo-password' };
const { cookie } = await ask(polity.url, SIGN_IN, { variables: { input } });
const asked = JSON.parse((await ask(polity.url, FEED, { cookie })).text) as Feed;
const posts = asked.data.posts.edges.map(({ node }) => node);
const stock = await startStock(posts);
try {
  const other = JSON.parse((await ask(stock.url, FEED)).text) as Feed;
  if (!isDeepStrictEqual(other.data, asked.data)) throw new Error('the two answers differ');
  console.log(`feed of ${posts.length} posts, ${LANES} lanes, ${SECONDS} s each, ${ROUNDS} rounds in turn`);
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await measure(() => ask(polity.url, FEED, { cookie }), polity.cpuMs);
    const theirs = await measure(() => ask(stock.url, FEED), stock.cpuMs);
    const line = (name: string, { perSecond, p50, cpu }: typeof ours) =>
      console.log(
        `  ${name.padEnd(52)} ${perSecond.toFixed(0).padStart(5)}/s  p50 ${p50.toFixed(1)} ms  ${cpu.toFixed(2)} ms CPU`,
      );
    line('Polity: sessions, tenancy, permissions, PostgreSQL', ours);
    line('stock Apollo gateway and subgraphs, rows in memory', theirs);
    console.log(`  CPU, Polity to stock: ${(ours.cpu / theirs.cpu).toFixed(2)}`);
  }
} finally {
  await stock.stop();
  await polity.stop();
}
