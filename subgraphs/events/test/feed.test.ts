import { PassThrough } from 'node:stream';
import { subgraphApp } from '@polity/kernel/graph/serve';
import { createLogger } from '@polity/kernel/log/logger';
import { giveRole, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import type { FastifyInstance } from 'fastify';
import { aCommunity, anEvent, startEvents, WEEKLY } from './factories.ts';

const URL_OF = '{ calendarFeedUrl }';
const ROTATE = 'mutation { rotateCalendarFeed }';
const SET = 'mutation ($id: ID!, $rsvp: Rsvp) { setRsvp(eventId: $id, rsvp: $rsvp) { id } }';
const DELETE = 'mutation ($id: ID!) { deleteEvent(id: $id) { id } }';

let test: TestSubgraph;
let owner: Person;
let app: FastifyInstance;
let logged = '';
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
  const lines = new PassThrough();
  lines.on('data', (chunk) => {
    logged += String(chunk);
  });
  const started = test.world.subgraph('events');
  // As a process of its own serves it: with its log, and open to who does not sign.
  app = await subgraphApp({
    subgraph: started,
    receive: async () => undefined,
    routes: (scope) => started.routes(scope),
    masterSecret: test.world.platform.masterSecret,
    nonces: { claim: async () => true },
    log: createLogger({ service: 'events', level: 'trace', stream: lines }),
  });
});
afterAll(async () => {
  await app?.close();
  await test?.world.close();
});

const pathOf = async (who: Person, query = URL_OF) => new URL(await test.get<string>(who, query)).pathname;
const fetchFeed = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('the calendar of a person', () => {
  it('shows what they see in the graph, and nobody else gets at it', async () => {
    const community = await aCommunity(test);
    const who = await test.person();
    const path = await pathOf(who);
    const open = await anEvent(test, owner, { ...WEEKLY, title: 'For members' });
    await anEvent(test, owner, { scope: community, title: 'Of the community' });
    await anEvent(test, owner, { title: 'A draft', draft: true, visibility: 'PUBLIC' });
    const titles = async () =>
      [...(await fetchFeed(path)).body.matchAll(/SUMMARY:(.*)\r\n/g)].map(([, title]) => title).sort();
    expect(await titles()).toEqual(['For members']);
    await giveRole(test.world, who.id, 'portal.member', community, test.tenantId);
    expect(await titles()).toEqual(['For members', 'Of the community']);
    await test.get(owner, DELETE, { id: open.id });
    expect(await titles()).toEqual(['Of the community']);
    const reply = await fetchFeed(path);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
    });
  });

  it('is not sent again while nothing changed, and is as soon as anything did', async () => {
    const who = await test.person();
    const [path, { id }] = [await pathOf(who), await anEvent(test, owner)];
    const first = await fetchFeed(path);
    const etag = String(first.headers.etag);
    const again = await fetchFeed(path, { 'if-none-match': `"x", W/${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    await test.get(who, SET, { id, rsvp: 'GOING' });
    const changed = await fetchFeed(path, { 'if-none-match': etag });
    expect(changed.statusCode).toBe(200);
    expect(changed.body).toContain('ACCEPTED');
    await giveRole(test.world, who.id, 'portal.member', await aCommunity(test), test.tenantId);
    expect((await fetchFeed(path, { 'if-none-match': String(changed.headers.etag) })).statusCode).toBe(200);
  });

  it('has another address when they want one, and the one before is gone', async () => {
    const who = await test.person();
    const before = await pathOf(who);
    expect(await pathOf(who)).toBe(before);
    const after = await pathOf(who, ROTATE);
    expect(after).not.toBe(before);
    expect([(await fetchFeed(before)).statusCode, (await fetchFeed(after)).statusCode]).toEqual([404, 200]);
    const many = await Promise.all(Array.from({ length: 20 }, () => pathOf(who, ROTATE)));
    expect(new Set(many).size).toBe(20);
    const codes = await Promise.all(many.map(async (path) => (await fetchFeed(path)).statusCode));
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
  });

  it('is gone at once with suspension, and for who does not belong to the tenant', async () => {
    const [who, outsider] = [await test.person(), await test.person(null)];
    const path = await pathOf(who);
    expect((await fetchFeed(path)).statusCode).toBe(200);
    expect((await fetchFeed(await pathOf(outsider))).statusCode).toBe(404);
    await suspend(who);
    expect((await fetchFeed(path)).statusCode).toBe(404);
  });

  it('is not found by an address that nobody was given', async () => {
    const path = await pathOf(await test.person());
    const last = path.at(-5) === 'A' ? 'B' : 'A';
    for (const wrong of [
      '/calendar/x.ics',
      path.slice(0, -4),
      `${path.slice(0, -5)}${last}.ics`,
      path.replace('calendar/', 'calendar/A'),
      '/calendar/.ics',
    ])
      expect([wrong, (await fetchFeed(wrong)).statusCode]).toEqual([wrong, 404]);
  });

  it('leaves its address in no log', async () => {
    const path = await pathOf(await test.person());
    await fetchFeed(path);
    await fetchFeed(`${path}x`);
    expect(logged).toContain('"route":"calendar"');
    expect(logged).not.toContain(path.split('/').at(-1)!.slice(4, 40));
  });
});

/** Suspends somebody as a system administrator would. */
async function suspend(who: Person): Promise<void> {
  const mutation =
    'mutation ($userId: ID!) { _setMasterFlag(userId: $userId, flag: SUSPENDED, value: true, reason: "test") }';
  await test.world.services(null).call('access', mutation, { userId: who.id });
}
