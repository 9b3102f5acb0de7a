import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as sseClient } from 'graphql-sse';
import { createClient as wsClient } from 'graphql-ws';
import WebSocket from 'ws';
import { liveStream } from '../src/live/stream.ts';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const CREATE = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
const UPDATE = 'mutation ($id: ID!, $title: String!) { updatePost(id: $id, input: { title: $title }) { id } }';
const POST = 'subscription Post($id: ID!) { post(id: $id) { title viewerCanEdit } }';
const HOST = { host: 'localhost:4000' };

let at: GatewayWorld;
let alice: Browser;
let bob: Browser;
let community: string;

beforeAll(async () => {
  at = await startGatewayWorld();
  [alice, bob] = [await at.person('alice'), await at.person('bob')];
  community = (await alice.get('{ community(slug: "builders") { id } }')).id;
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await at?.close();
});

const cookieOf = ({ cookie }: Browser): Record<string, string> => (cookie ? { cookie: `polity=${cookie}` } : {});

async function aPost(visibility = 'COMMUNITY'): Promise<string> {
  const input = { scope: { type: 'COMMUNITY', id: community }, title: 'First', body: 'Text', visibility };
  return (await alice.get(CREATE, { input })).id;
}

async function rename(id: string, title: string): Promise<void> {
  await alice.get(UPDATE, { id, title });
  await at.world.settle();
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Results = AsyncIterableIterator<any>;

interface Following {
  next(): Promise<{ data?: unknown; errors?: { extensions?: { code?: string } }[] } | undefined>;
  end(): Promise<unknown>;
}

const clients: { dispose(): unknown }[] = [];

const following = (client: { dispose(): unknown }, results: Results): Following => {
  clients.push(client);
  return {
    next: async () => (await results.next()).value,
    end: async () => results.return?.(),
  };
};

/** `EventSource` of browsers gives no status, so clients hear refusals as events as well. */
function overSse(who: Browser | null, variables: Record<string, unknown>, query = POST, single = false): Following {
  const headers = { ...HOST, ...(who && cookieOf(who)) };
  const client = sseClient({
    url: `http://127.0.0.1:${at.port}/graphql/stream`,
    headers,
    singleConnection: single,
    retryAttempts: 0,
  });
  return following(client, client.iterate({ query, variables }) as Results);
}

function overSocket(who: Browser | null, variables: Record<string, unknown>, connectionParams = {}): Following {
  class Socket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers: { ...HOST, ...(who && cookieOf(who)) } });
    }
  }
  const url = `ws://127.0.0.1:${at.port}/graphql`;
  const client = wsClient({ url, webSocketImpl: Socket, connectionParams, retryAttempts: 0, lazyCloseTimeout: 0 });
  return following(client, client.iterate({ query: POST, variables }) as Results);
}

const codesOf = (result: Awaited<ReturnType<Following['next']>>) =>
  result?.errors?.map(({ extensions }) => extensions?.code);

describe.each([
  ['server-sent events', (who: Browser | null, variables: Record<string, unknown>) => overSse(who, variables)],
  [
    'server-sent events, all in one connection',
    (who: Browser | null, variables: Record<string, unknown>) => overSse(who, variables, POST, true),
  ],
  ['a WebSocket', (who: Browser | null, variables: Record<string, unknown>) => overSocket(who, variables)],
])('a subscription over %s', (_how, subscribe) => {
  it('answers at once, and again when it has changed, as the subscriber sees it', async () => {
    const id = await aPost();
    const [author, member] = [subscribe(alice, { id }), subscribe(bob, { id })];
    expect(await author.next()).toEqual({ data: { post: { title: 'First', viewerCanEdit: true } } });
    expect(await member.next()).toEqual({ data: { post: { title: 'First', viewerCanEdit: false } } });
    await rename(id, 'Second');
    expect(await author.next()).toEqual({ data: { post: { title: 'Second', viewerCanEdit: true } } });
    expect(await member.next()).toEqual({ data: { post: { title: 'Second', viewerCanEdit: false } } });
    await alice.get('mutation ($id: ID!) { deletePost(id: $id) { id } }', { id });
    await at.world.settle();
    expect(await author.next()).toEqual({ data: { post: null } });
    await Promise.all([author.end(), member.end()]);
  });

  it('tells nothing of what its subscriber may not see, not even that it changed', async () => {
    const [hidden, open] = [await aPost(), await aPost('PUBLIC')];
    const stranger = subscribe(null, { id: hidden });
    expect(await stranger.next()).toEqual({ data: { post: null } });
    await rename(hidden, 'Second');
    const next = stranger.next();
    const other = subscribe(null, { id: open });
    expect(await other.next()).toEqual({ data: { post: { title: 'First', viewerCanEdit: false } } });
    await rename(open, 'Second');
    expect(await other.next()).toEqual({ data: { post: { title: 'Second', viewerCanEdit: false } } });
    expect(await Promise.race([next, sleep(100, 'nothing')])).toBe('nothing');
    await Promise.all([stranger.end(), other.end()]);
  });

  it('ends with the session that it was begun with', async () => {
    const id = await aPost();
    const guest = await at.person('bob');
    const stream = subscribe(guest, { id });
    await stream.next();
    await guest.get('mutation { signOut }');
    await rename(id, 'Second');
    const last = await stream.next().catch((errors) => ({ errors }));
    expect(codesOf(last)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a viewer', () => {
  const JOIN = 'mutation ($id: ID!) { joinCommunity(id: $id) { status } }';
  const LEAVE = 'mutation ($id: ID!) { leaveCommunity(id: $id) { status } }';

  async function aCommunityOfBoth(): Promise<string> {
    const input = { slug: `c${Date.now()}`, name: 'Of both', joinPolicy: 'OPEN', visibility: 'PUBLIC' };
    const { id } = await alice.get(
      'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }',
      { input },
    );
    await bob.get(JOIN, { id });
    await at.world.settle();
    return id;
  }

  it('hears nothing more of what they may see no longer', async () => {
    const left = await aCommunityOfBoth();
    const input = { scope: { type: 'COMMUNITY', id: left }, title: 'First', body: 'Text', visibility: 'COMMUNITY' };
    const { id } = await alice.get(CREATE, { input });
    const [over, socket] = [overSse(bob, { id }), overSocket(bob, { id })];
    const first = { data: { post: { title: 'First', viewerCanEdit: false } } };
    expect([await over.next(), await socket.next()]).toEqual([first, first]);
    await bob.get(LEAVE, { id: left });
    await rename(id, 'Not for bob');
    const nothing = { data: { post: null } };
    expect([await over.next(), await socket.next()]).toEqual([nothing, nothing]);
    await Promise.all([over.end(), socket.end()]);
  });

  it('who does not read gets the last of many changes, and holds up nobody', async () => {
    const scope = { type: 'COMMUNITY', id: community };
    const { id } = await alice.get(CREATE, {
      input: { scope, title: 'First', body: 'word '.repeat(9_900), visibility: 'COMMUNITY' },
    });
    const query = 'subscription ($id: ID!) { post(id: $id) { title body bodyHtml } }';
    const slow = connect(at.port, '127.0.0.1');
    const titles = new Set<string>();
    let tail = '';
    slow.setEncoding('utf8').on('data', (text: string) => {
      tail = tail.slice(-100) + text;
      for (const [, title] of tail.matchAll(/"title":"([^"]+)"/g)) titles.add(title as string);
    });
    const body = JSON.stringify({ query, variables: { id } });
    slow.write(
      `POST /graphql/stream HTTP/1.1\r\nhost: localhost:4000\r\ncookie: polity=${bob.cookie}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    while (titles.size === 0) await sleep(20);
    slow.pause();
    const quick = overSse(await at.person('admin'), { id }, 'subscription ($id: ID!) { post(id: $id) { title } }');
    await quick.next();
    const changes = 120;
    for (let n = 1; n <= changes; n++) {
      await rename(id, `Change ${n}`);
      expect(await quick.next()).toEqual({ data: { post: { title: `Change ${n}` } } });
    }
    slow.resume();
    while (!titles.has(`Change ${changes}`)) await sleep(20);
    expect(titles.size).toBeLessThan(changes);
    slow.destroy();
    await quick.end();
  }, 60_000);
});

describe('what other domains have to follow', () => {
  const scope = () => ({ type: 'COMMUNITY', id: community });

  it('is a poll whose turnout grows with each ballot', async () => {
    const input = {
      scope: scope(),
      title: 'A tree',
      method: 'PLURALITY',
      options: [{ title: 'Oak' }, { title: 'Elm' }],
    };
    const admin = await at.person('admin');
    const { id, options } = await admin.get(
      'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id options { id } } }',
      { input },
    );
    await admin.get('mutation ($id: ID!) { openPoll(id: $id) { id } }', { id });
    const stream = overSse(bob, { id }, 'subscription ($id: ID!) { poll(id: $id) { status turnout { cast } } }');
    expect(await stream.next()).toEqual({ data: { poll: { status: 'OPEN', turnout: { cast: 0 } } } });
    await alice.get('mutation ($input: CastVoteInput!) { castVote(input: $input) { id } }', {
      input: { pollId: id, choices: [options[0].id] },
    });
    await at.world.settle();
    expect(await stream.next()).toEqual({ data: { poll: { status: 'OPEN', turnout: { cast: 1 } } } });
    await stream.end();
  });

  it('is an event to which people come', async () => {
    const times = { startsAt: '2030-01-07T18:00:00Z', endsAt: '2030-01-07T20:00:00Z', timeZone: 'Europe/Berlin' };
    const admin = await at.person('admin');
    const { id } = await admin.get('mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }', {
      input: { scope: scope(), title: 'Gathering', ...times },
    });
    const stream = overSse(bob, { id }, 'subscription ($id: ID!) { event(id: $id) { rsvpCounts { going } myRsvp } }');
    expect(await stream.next()).toEqual({ data: { event: { rsvpCounts: { going: 0 }, myRsvp: null } } });
    await bob.get('mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: GOING) { id } }', { id });
    await at.world.settle();
    expect(await stream.next()).toEqual({ data: { event: { rsvpCounts: { going: 1 }, myRsvp: 'GOING' } } });
    await stream.end();
  });
});

describe('what is refused', () => {
  const wrong = { id: 'x' };
  const code = async (query: string, variables: Record<string, unknown> = wrong) =>
    codesOf(await overSse(alice, variables, query).next());

  it('says why, in the stream', async () => {
    expect(await code('{ me { id } }')).toEqual(['BAD_REQUEST']);
    expect(await code('mutation { signOut }')).toEqual(['BAD_REQUEST']);
    expect(await code('subscription { nothing }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await code('subscription { a: post(id: "1") { id } b: post(id: "2") { id } }')).toEqual([
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    expect(await code('subscription ($id: ID!) { post(id: $id) { id } }', {})).toEqual(['VALIDATION_ERROR']);
  });

  it('is what nothing could walk through, before anything tries', async () => {
    const deep = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
    expect(await code(POST, { id: deep })).toEqual(['VALIDATION_ERROR']);
  });

  it('is more than a person may have open, also when they begin at once', async () => {
    const id = await aPost();
    const many = Array.from({ length: 130 }, () => overSse(alice, { id }));
    const first = await Promise.all(many.map(async (each) => codesOf(await each.next())?.[0] ?? 'open'));
    expect([first.filter((each) => each === 'open').length, new Set(first)]).toEqual([
      100,
      new Set(['open', 'RATE_LIMITED']),
    ]);
    await Promise.all(many.map((each) => each.end()));
  });

  it('is more than a person may have open', async () => {
    const id = await aPost();
    const many = Array.from({ length: 100 }, () => overSse(bob, { id }));
    await Promise.all(many.map((each) => each.next()));
    expect(codesOf(await overSse(bob, { id }).next())).toEqual(['RATE_LIMITED']);
    await Promise.all(many.map((each) => each.end()));
  });

  it.each([
    ['POST', '/graphql/stream', {}],
    ['GET', '/graphql/stream?query=subscription%7Bpost(id%3A%22a%22)%7Bid%7D%7D', {}],
    [
      'GET',
      '/graphql',
      {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': 'graphql-transport-ws',
      },
    ],
  ])('is what pages of other sites send with a cookie: %s %s', async (method, path, headers) => {
    const foreign = {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      origin: 'https://evil.test',
      ...headers,
    };
    const answer = await alice.send(
      method,
      path,
      foreign as Record<string, string>,
      method === 'POST' ? '{"query":"subscription { post(id: \\"a\\") { id } }"}' : undefined,
    );
    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
  });

  it('is a stream that somebody else reserved', async () => {
    const { status, text: token } = await alice.send('PUT', '/graphql/stream');
    expect(status).toBe(201);
    const events = { accept: 'text/event-stream', 'x-graphql-event-stream-token': token };
    expect((await bob.send('GET', '/graphql/stream', events)).status).toBe(404);
    const operation = JSON.stringify({ query: POST, variables: wrong, extensions: { operationId: '1' } });
    const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
    expect((await bob.send('POST', '/graphql/stream', headers, operation)).status).toBe(404);
  });
});

describe('operations that nobody published', () => {
  const SET = 'mutation ($input: OperationLimitsInput!) { setOperationLimits(input: $input) { level } }';

  it('are not followed by clients that may send published ones only, from the next event on where that is new', async () => {
    const [id, admin] = [await aPost(), await at.person('admin')];
    const before = overSse(bob, { id });
    await before.next();
    await admin.get(SET, { input: { level: 'IDS_ONLY' } });
    await at.world.settle();
    try {
      expect(codesOf(await overSse(bob, { id }).next())).toEqual(['PERSISTED_QUERY_ID_REQUIRED']);
      await admin.get(UPDATE, { id, title: 'Second' });
      await at.world.settle();
      expect(codesOf(await before.next())).toEqual(['PERSISTED_QUERY_ID_REQUIRED']);
    } finally {
      await admin.get(SET, { input: { level: 'OPEN' } });
      await at.world.settle();
    }
  });
});

describe('a token', () => {
  it('comes with the first message of a socket, since pages can set no headers there', async () => {
    const id = await aPost();
    const stream = overSocket(null, { id }, { authorization: 'Bearer unknown' });
    const refused = await stream.next().catch((errors) => ({ errors }));
    expect(codesOf(refused as never)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a stream', () => {
  const settings = { isBehind: () => false, onEnd: () => {} };

  it('keeps one change for a client that does not read, however many there are', async () => {
    let [behind, evaluations] = [false, 0];
    const evaluate = async () => ({ show: { data: { n: ++evaluations } } });
    const stream = liveStream({ ...settings, evaluate, isBehind: () => behind });
    expect((await stream.next()).value).toEqual({ data: { n: 1 } });
    behind = true;
    const next = stream.next();
    for (let n = 0; n < 1_000; n++) stream.changed();
    await sleep(50);
    expect(evaluations).toBe(1);
    behind = false;
    expect((await next).value).toEqual({ data: { n: 2 } });
    await stream.return();
  });

  it('ends where its client takes nothing for too long', async () => {
    let [behind, ends] = [false, 0];
    const evaluate = async () => ({ show: { data: {} } });
    const patient = { ...settings, patienceMs: 300, isBehind: () => behind, onEnd: () => ends++ };
    const stream = liveStream({ ...patient, evaluate });
    await stream.next();
    behind = true;
    stream.changed();
    expect([await stream.next(), ends]).toEqual([{ done: true, value: undefined }, 1]);
  });

  it('ends while it waits, and says so once', async () => {
    let ends = 0;
    const stream = liveStream({ ...settings, evaluate: async () => ({ show: { data: {} } }), onEnd: () => ends++ });
    await stream.next();
    const waiting = stream.next();
    await stream.return();
    await stream.return();
    expect([await waiting, ends]).toEqual([{ done: true, value: undefined }, 1]);
  });

  it('asks again what did not answer, and leaves the last answer on the screen', async () => {
    const outcomes = [
      { show: { data: { n: 1 } } },
      { againMs: 1 },
      { show: { data: { n: 1 } } },
      { show: { data: { n: 2 } } },
    ];
    const stream = liveStream({ ...settings, evaluate: async () => outcomes.shift() as never });
    expect((await stream.next()).value).toEqual({ data: { n: 1 } });
    const next = stream.next();
    stream.changed();
    await sleep(30);
    stream.changed();
    expect((await next).value).toEqual({ data: { n: 2 } });
    await stream.return();
  });
});
