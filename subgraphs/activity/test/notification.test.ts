import { createECDH, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { anonymous } from '@polity/kernel/testing/harness';
import { onDatabase } from '@polity/kernel/testing/walls';
import Fastify from 'fastify';
import { aCommunity, anOpenPoll, from, type Scope, startActivity } from './factories.ts';

let test: TestSubgraph;
let owner: Person;
let community: Scope;

beforeAll(async () => {
  test = await startActivity();
  owner = await test.person();
  community = await aCommunity(test, owner);
});
afterAll(() => test?.world.close());

interface Notice {
  id: string;
  topic: string;
  summary: string;
  readAt: string | null;
  actor: { id: string } | null;
  object: { __typename: string; id: string } | null;
}

const LIST = `query ($unread: Boolean) { notifications(unread: $unread, first: 50) { edges { node {
  id topic summary readAt actor { id } object { __typename ... on Community { id } ... on Poll { id } } } } } }`;
const COUNT = '{ unreadNotifications }';
const INVITE = 'mutation ($id: ID!, $userId: ID!) { inviteToCommunity(communityId: $id, userId: $userId) { id } }';
const SET =
  'mutation ($input: NotificationSettingInput!) { setNotificationSetting(input: $input) { topic listed mail push } }';
const READ = 'mutation ($id: ID!) { markNotificationRead(id: $id) { id readAt } }';
const READ_ALL = 'mutation ($upTo: DateTime!) { markNotificationsRead(upTo: $upTo) }';
const ADD_PUSH = 'mutation ($input: PushSubscriptionInput!) { addPushSubscription(input: $input) { id host } }';

async function noticesOf(viewer: Person, unread = false): Promise<Notice[]> {
  await test.world.settle();
  const { edges } = await test.get<{ edges: { node: Notice }[] }>(viewer, LIST, { unread });
  return edges.map(({ node }) => node);
}

async function invited(): Promise<Person> {
  const person = await test.person();
  await from(test, 'portal', owner, INVITE, { id: community.id, userId: person.id });
  return person;
}

const waitingMails = (person: Person) =>
  onDatabase(test.world, 'activity', (ask) =>
    ask<{ mail_at: Date }>(`select mail_at from notification where user_id = '${person.id}' and mail_at is not null`),
  );

describe('a notification', () => {
  it('tells people what concerns them, in the words of its domain, and nobody of what they did', async () => {
    const person = await invited();
    expect(await noticesOf(person)).toEqual([
      {
        id: expect.any(String),
        topic: 'invitation',
        summary: 'Somebody invited you to a community',
        readAt: null,
        actor: { id: owner.id },
        object: { __typename: 'Community', id: community.id },
      },
    ]);
    expect(await noticesOf(owner)).toEqual([]);
  });

  it('comes once, however often its event does', async () => {
    const person = await invited();
    await noticesOf(person);
    await onDatabase(test.world, 'portal', (ask) =>
      ask(`update outbox set published_at = null where type = 'portal.membership.invited'`),
    );
    await onDatabase(test.world, 'activity', (ask) =>
      ask(`delete from inbox where consumer = 'activity.notifications'`),
    );
    expect(await noticesOf(person)).toHaveLength(1);
  });

  it('is told only while its person may see what it is about, and goes with it', async () => {
    const poll = await anOpenPoll(test, owner, community);
    await from(
      test,
      'voting',
      await test.person('tenant.owner'),
      'mutation ($id: ID!) { cancelPoll(id: $id, reason: "Why not") { id } }',
      {
        id: poll.id,
      },
    );
    const about = async () => (await noticesOf(owner)).filter(({ object }) => object?.id === poll.id);
    expect((await about()).map(({ topic, summary }) => [topic, summary])).toEqual([
      ['poll', 'The poll “A poll” was cancelled'],
    ]);
    const hide = 'mutation ($id: ID!) { _hideContent(type: "Poll", id: $id, hidden: true) }';
    await test.world.services(test.tenantId).call('voting', hide, { id: poll.id });
    // Its author still sees it.
    expect(await about()).toHaveLength(1);
    const stranger = await test.person();
    await onDatabase(test.world, 'activity', (ask) =>
      ask(`update notification set user_id = '${stranger.id}' where object_id = '${poll.id}'`),
    );
    expect(await noticesOf(stranger)).toEqual([]);
  });

  it('is marked as read once, one or all of them, by nobody else', async () => {
    const person = await invited();
    const [first] = await noticesOf(person);
    expect(await test.get<number>(person, COUNT)).toBe(1);
    expect(await test.codeOf(owner, READ, { id: first?.id })).toBe('NOT_FOUND');
    const { readAt } = await test.get<Notice>(person, READ, { id: first?.id });
    expect(readAt).not.toBeNull();
    test.world.clock.advance(1_000);
    expect((await test.get<Notice>(person, READ, { id: first?.id })).readAt).toBe(readAt);
    expect(await test.get<number>(person, COUNT)).toBe(0);
    expect(await noticesOf(person, true)).toEqual([]);
    const other = await invited();
    await noticesOf(other);
    expect(await test.get<number>(other, READ_ALL, { upTo: test.world.clock.now().toISOString() })).toBe(0);
    expect(await test.get(anonymous, COUNT)).toBeNull();
  });
});

describe('settings', () => {
  it('are those of every topic that some domain declares', async () => {
    const person = await test.person();
    const list = await test.get<{ topic: string }[]>(person, '{ notificationSettings { topic listed mail push } }');
    expect(list.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining(['invitation', 'membership', 'poll', 'rsvp']),
    );
    expect(list.find(({ topic }) => topic === 'poll')).toEqual({
      topic: 'poll',
      listed: true,
      mail: 'DAILY',
      push: true,
    });
    expect(await test.get(anonymous, '{ notificationSettings { topic } }')).toBeNull();
  });

  it('choose per topic what is listed and mailed', async () => {
    const person = await test.person();
    const input = { topic: 'invitation', listed: false, mail: 'NEVER', push: false };
    await test.get(person, SET, { input });
    await from(test, 'portal', owner, INVITE, { id: community.id, userId: person.id });
    expect(await noticesOf(person)).toEqual([]);
    expect(await waitingMails(person)).toEqual([]);
    expect(await test.codeOf(person, SET, { input: { ...input, topic: 'nothing' } })).toBe('VALIDATION_ERROR');
  });

  it('end with one click for who is not signed in, by a link that nobody can make', async () => {
    const person = await invited();
    await noticesOf(person);
    expect(await waitingMails(person)).toHaveLength(1);
    const { definition, runtime, ports, open } = test.world.subgraph('activity');
    const app = Fastify();
    await definition.routes?.(app, runtime, ports, open);
    const { tokenOf } = await import('../src/domain/notification/unsubscribe-token.ts');
    const token = tokenOf((ports as { unsubscribeKey: Buffer }).unsubscribeKey, {
      tenantId: test.tenantId,
      userId: person.id,
    });
    const url = `/notifications/unsubscribe/${token}`;
    const looked = await app.inject({ method: 'GET', url });
    expect([looked.statusCode, await waitingMails(person)]).toEqual([200, [expect.anything()]]);
    const wrong = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = (path: string) =>
      app.inject({ method: 'POST', url: path, headers, payload: 'List-Unsubscribe=One-Click' });
    expect((await post(`/notifications/unsubscribe/${wrong}`)).statusCode).toBe(404);
    expect(
      (await Promise.all(Array.from({ length: 20 }, () => post(url)))).map(({ statusCode }) => statusCode),
    ).toEqual(Array(20).fill(200));
    expect(await waitingMails(person)).toEqual([]);
    const list = await test.get<{ mail: string }[]>(person, '{ notificationSettings { mail } }');
    expect(new Set(list.map(({ mail }) => mail))).toEqual(new Set(['NEVER']));
    await app.close();
  });
});

describe('a digest', () => {
  const at = async (timeZone: string, mail: string, now: string) => {
    const { mailTime } = await import('../src/domain/notification/morning.ts');
    return mailTime(mail as 'DAILY', new Date(now), timeZone)?.toISOString();
  };

  it('waits for the next morning of its zone, also where clocks change', async () => {
    expect(await at('UTC', 'DAILY', '2026-11-22T07:59:59Z')).toBe('2026-11-22T08:00:00.000Z');
    expect(await at('UTC', 'DAILY', '2026-11-22T08:00:00Z')).toBe('2026-11-23T08:00:00.000Z');
    expect(await at('Europe/Berlin', 'DAILY', '2026-03-28T12:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(await at('Europe/Berlin', 'DAILY', '2026-10-24T12:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
    expect(await at('Asia/Kathmandu', 'DAILY', '2026-11-22T00:00:00Z')).toBe('2026-11-22T02:15:00.000Z');
    expect(await at('Pacific/Auckland', 'WEEKLY', '2026-11-22T00:00:00Z')).toBe('2026-11-22T19:00:00.000Z');
    expect(await at('UTC', 'NEVER', '2026-11-22T00:00:00Z')).toBeUndefined();
  });

  it('takes zones by their names only', async () => {
    const person = await test.person();
    const mutation = 'mutation ($timeZone: String!) { setNotificationTimeZone(timeZone: $timeZone) }';
    expect(await test.get(person, mutation, { timeZone: 'Europe/Berlin' })).toBe('Europe/Berlin');
    expect(await test.get(person, '{ notificationTimeZone }')).toBe('Europe/Berlin');
    for (const timeZone of ['Mars/Base', '+01:00', 'x'.repeat(300)])
      expect(await test.codeOf(person, mutation, { timeZone })).toBe('VALIDATION_ERROR');
  });
});

describe('Web Push', () => {
  it('encrypts as RFC 8291 says', async () => {
    const { encrypted } = await import('../src/domain/push/web-push.ts');
    const sender = createECDH('prime256v1');
    sender.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'));
    const browser = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    };
    const salt = Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url');
    const sent = encrypted(Buffer.from('When I grow up, I want to be a watermelon'), browser, salt, sender);
    expect(sent.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('reaches a browser, and forgets one that is gone', async () => {
    const received: { path: string; headers: Record<string, unknown>; bytes: number }[] = [];
    const server = createServer((request, reply) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ path: request.url ?? '', headers: request.headers, bytes: Buffer.concat(chunks).length });
        reply.writeHead(request.url === '/gone' ? 410 : 201).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const keys = createECDH('prime256v1');
    const input = (path: string) => ({
      endpoint: `http://127.0.0.1:${port}${path}`,
      p256dh: keys.generateKeys().toString('base64url'),
      auth: randomBytes(16).toString('base64url'),
    });
    const person = await test.person();
    await test.get(person, ADD_PUSH, { input: input('/here') });
    await test.get(person, ADD_PUSH, { input: input('/gone') });
    await from(test, 'portal', owner, INVITE, { id: community.id, userId: person.id });
    await noticesOf(person);
    await test.world.runJobs();
    expect(received.map(({ path }) => path).sort()).toEqual(['/gone', '/here']);
    const { headers, bytes } = received[0] as (typeof received)[number];
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(String(headers.authorization)).toMatch(/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/);
    expect(bytes).toBeGreaterThan(103);
    const left = await test.get<{ host: string }[]>(person, '{ pushSubscriptions { host } }');
    expect(left).toEqual([{ host: `127.0.0.1:${port}` }]);
    server.close();
    expect(await test.codeOf(person, ADD_PUSH, { input: { ...input('/x'), p256dh: 'AAAA' } })).toBe('VALIDATION_ERROR');
  });
});
