import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInstalled } from '../../test/processes/brokers.ts';
import { isRunning } from '../../test/processes/process.ts';
import { openWorld, type World } from '../../test/processes/world.ts';
import type { Browser } from './browser.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const SUPERGRAPH = new URL('../../tools/supergraph.ts', import.meta.url).pathname;
const hasBrokers = isInstalled('redis-server') && isInstalled('nats-server');

it.each([
  ['without Redis and NATS', {}, 'GATEWAY_WORKERS needs REDIS_URL and NATS_URL'],
  ['without NATS', { REDIS_URL: 'redis://127.0.0.1:1' }, 'GATEWAY_WORKERS needs REDIS_URL and NATS_URL'],
  [
    'without a port',
    { REDIS_URL: 'redis://127.0.0.1:1', NATS_URL: 'nats://127.0.0.1:1', PORT: '0' },
    'GATEWAY_WORKERS needs a PORT',
  ],
  ['as none', { GATEWAY_WORKERS: '0' }, 'GATEWAY_WORKERS'],
  ['as more than any machine runs', { GATEWAY_WORKERS: '65' }, 'GATEWAY_WORKERS'],
])('workers are refused %s, in words', (_how, env, words) => {
  const { PATH = '', HOME = '/' } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [MAIN], {
    env: { PATH, HOME, GATEWAY_WORKERS: '2', ...env },
    encoding: 'utf8',
  });
  expect([status, stderr.split('\n').length]).toEqual([1, 2]);
  expect(stderr).toContain(words);
});

// Reported as skipped where Redis and NATS are not installed.
(hasBrokers ? describe : describe.skip)('two workers of one gateway', () => {
  let world: World;
  let gateway: World['services'][number];
  let primary: number;
  let alice: Browser;

  /** Processes that a process has started and that live. */
  const childrenOf = (pid: number) =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const ops = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${world.gateway.opsPort}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  const workersAre = async () => JSON.parse((await ops('/readyz')).text).degraded?.workers as string;

  async function begin(): Promise<void> {
    gateway.start({ GATEWAY_WORKERS: '2', DRAIN_MS: '2000' });
    await gateway.green(120_000);
    primary = world.pids().filter(isRunning).at(-1) as number;
    while ((await workersAre()) !== 'ok') await sleep(100);
  }

  beforeAll(async () => {
    world = await openWorld('Redis and NATS');
    gateway = world.services.at(-1) as World['services'][number];
    await world.green(180_000);
    await gateway.kill('SIGTERM');
    await begin();
    alice = world.browser();
    await alice.signIn('alice@demo.test');
  }, 300_000);
  afterAll(() => world?.close());

  /** One request on a connection of its own, so that any worker may have it; the status, or why there is none. */
  const ask = (query: string, { cookie = null as string | null } = {}) =>
    new Promise<string>((resolve) => {
      const headers = {
        host: `localhost:${world.gateway.port}`,
        'content-type': 'application/json',
        ...(cookie && { cookie: `polity=${cookie}` }),
      };
      const sent = request({ port: world.gateway.port, path: '/graphql', method: 'POST', headers, agent: false });
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve(response.statusCode === 200 ? text.trim() : String(response.statusCode)));
        response.on('error', (error) => resolve(error.message));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code))).end(JSON.stringify({ query }));
    });
  /** A few at a time: no client may have many requests under way. */
  async function many(count: number, one: () => Promise<string>): Promise<string[]> {
    const answers: string[] = [];
    const lane = async () => {
      for (let n = 0; n < count / 6; n++) answers.push(await one());
    };
    await Promise.all(Array.from({ length: 6 }, lane));
    return answers;
  }
  const ME = '{"data":{"me":{"username":"alice"}}}';

  /** Answers to queries by each process, as it counts them. */
  async function counted(): Promise<number> {
    const { text } = await ops('/metrics');
    const found = /^http_answers_total\{route="graphql",outcome="ok"\} (\d+)$/m.exec(text);
    return Number(found?.[1] ?? 0);
  }

  it('both know a session, and are counted as one', async () => {
    expect(childrenOf(primary)).toHaveLength(2);
    const before = await counted();
    const answers = await many(60, () => ask('{ me { username } }', { cookie: alice.cookie }));
    expect(new Set(answers)).toEqual(new Set([ME]));
    while ((await counted()) - before < 60) await sleep(50);
    expect((await counted()) - before).toBe(60);
    const { text } = await ops('/metrics');
    expect(text.match(/^process_cpu_seconds_total /gm)).toHaveLength(1);
  });

  it('end a session together', async () => {
    const bob = world.browser();
    await bob.signIn('bob@demo.test');
    const { cookie } = bob;
    await bob.get('mutation { signOut }');
    const answers = await many(30, () => ask('{ me { username } }', { cookie }));
    expect(answers.every((answer) => !answer.includes('bob'))).toBe(true);
  });

  it('hear of one event, whichever of them a stream is open at', async () => {
    const scope = { type: 'COMMUNITY', id: (await alice.get('{ community(slug: "builders") { id } }')).id };
    const { id } = await alice.get('mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }', {
      input: { scope, title: 'First', body: 'Text', visibility: 'PUBLIC' },
    });
    const heard: string[] = Array.from({ length: 12 }, () => '');
    const open = heard.map((_, index) => {
      const headers = {
        host: `localhost:${world.gateway.port}`,
        accept: 'text/event-stream',
        'content-type': 'application/json',
      };
      const stream = request({
        port: world.gateway.port,
        path: '/graphql/stream',
        method: 'POST',
        headers,
        agent: false,
      });
      stream.on('response', (response) =>
        response
          .setEncoding('utf8')
          .on('data', (text: string) => (heard[index] += text))
          .on('error', () => undefined),
      );
      stream.on('error', () => undefined);
      stream.end(JSON.stringify({ query: 'subscription ($id: ID!) { post(id: $id) { title } }', variables: { id } }));
      return stream;
    });
    const allHeard = (title: string) => heard.every((text) => text.includes(title));
    while (!allHeard('First')) await sleep(50);
    await alice.get('mutation ($id: ID!) { updatePost(id: $id, input: { title: "Second" }) { id } }', { id });
    while (!allHeard('Second')) await sleep(50);
    for (const stream of open) stream.destroy();
  }, 60_000);

  it('reserve no stream that the other would not know', async () => {
    const { status, headers, codes } = await alice.send('PUT', '/graphql/stream');
    expect([status, headers.allow, codes]).toEqual([405, 'GET, POST', ['BAD_REQUEST']]);
  });

  it('are told of a graph together', async () => {
    const url = `http://127.0.0.1:${world.gateway.opsPort}`;
    const tell = (act: string) => {
      const { stdout, stderr } = spawnSync(process.execPath, [SUPERGRAPH, act, '--url', url], {
        env: world.env,
        encoding: 'utf8',
      });
      return (stdout + stderr).trim();
    };
    const status = tell('status');
    expect(status).toMatch(/ serves [0-9a-f]{12}; before that: nothing since it started$/);
    expect(tell('reload')).toBe(status);
    expect(tell('rollback')).toContain('There is no graph before this one');
    expect(tell('check')).toContain('it breaks nothing that is published there');
  }, 60_000);

  it('are replaced when they die, and the other serves on', async () => {
    const [first, second] = childrenOf(primary) as [number, number];
    process.kill(first, 'SIGKILL');
    while (isRunning(first)) await sleep(10);
    const answers = await many(42, () => ask('{ me { username } }', { cookie: alice.cookie }));
    expect(new Set(answers)).toEqual(new Set([ME]));
    while (childrenOf(primary).length < 2 || (await workersAre()) !== 'ok') await sleep(100);
    expect(childrenOf(primary)).toContain(second);
    expect(childrenOf(primary)).not.toContain(first);
    expect(world.logOf('gateway')).toContain('another takes its place');
    expect((await ops('/readyz')).status).toBe(200);
  }, 60_000);

  it('end with their primary, having answered what was asked', async () => {
    const workers = childrenOf(primary);
    let over = false;
    const outcomes: string[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      while (!over) outcomes.push(await ask('{ me { username } }', { cookie: alice.cookie }));
    });
    while (outcomes.length < 20) await sleep(20);
    const ended = gateway.kill('SIGTERM');
    while ((await ops('/readyz')).status === 200) await sleep(20);
    // As balancers do, they go elsewhere once this gateway says that it leaves.
    over = true;
    await Promise.all([...clients, ended]);
    expect([primary, ...workers].filter(isRunning)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(20);
    expect(new Set(outcomes)).toEqual(new Set([ME]));
    await begin();
  }, 180_000);

  it('do not outlive a primary that is killed', async () => {
    const workers = childrenOf(primary);
    await gateway.kill('SIGKILL');
    while (workers.some(isRunning)) await sleep(50);
    await begin();
    expect(await ask('{ me { username } }', { cookie: alice.cookie })).toBe(ME);
  }, 180_000);
});
