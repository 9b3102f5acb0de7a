// A thousand open subscriptions of nobody in particular over Server-Sent Events, and then four hundred of four people, to everything in one process: memory that they take, and
// the time from sending a change to the last of them having it. Those of nobody share an answer, those of people have one each (decision 22).
import { type ClientRequest, request } from 'node:http';
import { loadavg } from 'node:os';
import { ask, percentile, startOneProcess } from '../one-process.ts';

const STREAMS = 1_000;
/** As many as each of the demo accounts may have. */
const OF_PEOPLE = 400;
/** Streams of one network at most, and somewhat fewer. */
const OF_ONE_ADDRESS = 50;
const AT_ONCE = 50;
const CHANGES = 20;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const TENANT = '{ tenant { id } }';
const CREATE = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
const UPDATE = 'mutation ($id: ID!, $title: String!) { updatePost(id: $id, input: { title: $title }) { id } }';
const FOLLOW = 'subscription ($id: ID!) { post(id: $id) { id title bodyHtml author { displayName } } }';

const polity = await startOneProcess();
const open: ClientRequest[] = [];
let arrived = (_title: string) => {};

/** Follows the post; resolves with the first answer. */
function follow(id: string, index: number, cookie = ''): Promise<void> {
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    ...(cookie && { cookie }),
    'x-forwarded-for': `10.1.${Math.floor(index / OF_ONE_ADDRESS)}.1`,
  };
  return new Promise((resolve, reject) => {
    const stream = request(`${polity.url}/stream`, { method: 'POST', headers, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => {
        const title = /"title":"([^"]*)"/.exec(text)?.[1];
        if (title === undefined) return;
        resolve();
        arrived(title);
      });
    });
    stream.on('error', reject).end(JSON.stringify({ query: FOLLOW, variables: { id } }));
    open.push(stream);
  });
}

/** Milliseconds from sending a change to each stream having it, sorted. */
function change(id: string, title: string, cookie: string, streams: number): Promise<number[]> {
  const times: number[] = [];
  const start = performance.now();
  return new Promise((resolve, reject) => {
    arrived = (seen) => {
      if (seen !== title) return;
      times.push(performance.now() - start);
      if (times.length === streams) resolve(times.sort((a, b) => a - b));
    };
    ask(polity.url, UPDATE, { cookie, variables: { id, title } }).catch(reject);
  });
}

try {
  const signIn = async (name: string) => {
    const input = { email: `${name}@demo.test`, password: 'polity-demo-password' };
    return (await ask(polity.url, SIGN_IN, { variables: { input } })).cookie;
  };
  const cookie = await signIn('admin');
  const { tenant } = JSON.parse((await ask(polity.url, TENANT, { cookie })).text).data;
  const post = { scope: { type: 'TENANT', id: tenant.id }, title: 'First', body: 'Followed', visibility: 'PUBLIC' };
  const created = await ask(polity.url, CREATE, { cookie, variables: { input: post } });
  const { id } = JSON.parse(created.text).data.createPost;
  await follow(id, STREAMS + OF_ONE_ADDRESS);
  open.pop()?.destroy();

  /** Opens so many, each as who is wanted, and says what they take and how soon a change is there. */
  async function measure(what: string, count: number, cookieOf: (index: number) => string): Promise<void> {
    const before = polity.rssMiB();
    for (let from = 0; from < count; from += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => follow(id, from + n, cookieOf(from + n))));
    const taken = polity.rssMiB() - before;
    console.log(`load average ${loadavg()[0]?.toFixed(1)}, ${count} streams of ${what} take ${taken.toFixed(0)} MiB`);
    await change(id, `Warm ${what}`, cookie, count);
    const cpuBefore = polity.cpuMs();
    const times: number[] = [];
    for (let n = 0; n < CHANGES; n++) times.push(...(await change(id, `Change ${what} ${n}`, cookie, count)));
    times.sort((a, b) => a - b);
    const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
    const cpu = (polity.cpuMs() - cpuBefore) / CHANGES;
    console.log(
      `a change is there after ${p50.toFixed(0)} ms (p50), ${p99.toFixed(0)} ms (p99); CPU ${cpu.toFixed(0)} ms`,
    );
    for (const stream of open.splice(0)) stream.on('error', () => undefined).destroy();
  }

  await measure('nobody', STREAMS, () => '');
  const cookies: string[] = [];
  for (const name of ['root', 'admin', 'alice', 'bob']) cookies.push(await signIn(name));
  await measure('four people', OF_PEOPLE, (index) => cookies[index % cookies.length] as string);
} finally {
  for (const stream of open) stream.on('error', () => undefined).destroy();
  await polity.stop();
}
