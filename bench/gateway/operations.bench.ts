// What one operation costs the whole process, through the gateway over HTTP: time, throughput and CPU. Read ratios, not absolutes.
import { loadavg } from 'node:os';
import { ask, load, percentile, startOneProcess } from '../one-process.ts';

const LANES = 8;
const SECONDS = 5;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const FEED = `{ posts(first: 20) { edges { node { title bodyHtml visibility author { displayName }
  scope { ... on Tenant { name } ... on Community { name tenant { name } } ... on Team { name community { name } } } } } } }`;

const operations: Record<string, string> = {
  'no subgraph: { __typename }': '{ __typename }',
  'one subgraph: { me { id displayName } }': '{ me { id displayName } }',
  'two subgraphs: me with communities':
    '{ me { displayName communities(first: 5) { edges { node { name memberCount } } } } }',
  'feed: posts with author, scope, tenant': FEED,
};

const polity = await startOneProcess();
try {
  const input = { email: 'alice@demo.test', password: 'polity-demo-password' };
  const { cookie } = await ask(polity.url, SIGN_IN, { variables: { input } });
  console.log(`load average ${loadavg()[0]?.toFixed(1)}, ${LANES} lanes, ${SECONDS} s each after 2 s of warming up`);
  console.log('operation'.padEnd(44), 'per second', '   p50 ms', '   p95 ms', ' CPU ms/op');
  for (const [name, query] of Object.entries(operations)) {
    const call = () => ask(polity.url, query, { cookie });
    await load(LANES, 2, call);
    const before = polity.cpuMs();
    const times = await load(LANES, SECONDS, call);
    const cpu = (polity.cpuMs() - before) / times.length;
    const cells = [times.length / SECONDS, percentile(times, 0.5), percentile(times, 0.95), cpu];
    console.log(
      name.padEnd(44),
      ...cells.map((cell, index) => cell.toFixed(index === 0 ? 0 : 2).padStart(index === 0 ? 10 : 9)),
    );
  }
  console.log(`resident memory afterwards ${polity.rssMiB().toFixed(0)} MiB`);
} finally {
  await polity.stop();
}
