// The calendar of somebody in forty communities, two hundred answers at once for fifty places, feeds that are as they were, and the import of five thousand events.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { subgraphApp } from '@polity/kernel/graph/serve';
import { uuidv7 } from '@polity/kernel/ids';
import { createLogger } from '@polity/kernel/log/logger';
import { internalRequest } from '@polity/kernel/request/acting';
import type { Viewer } from '@polity/kernel/request/context';
import { giveRole, openSubgraph, type Person, registerScope } from '@polity/kernel/testing/dialect';
import { startTestServer } from '@polity/kernel/testing/postgres';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import type { Context } from '../../subgraphs/events/src/context.ts';
import { takeCalendar } from '../../subgraphs/events/src/domain/ics/import.service.ts';
import { events } from '../../subgraphs/events/src/subgraph.ts';
import { percentile } from '../one-process.ts';

const RUNS = 200;
const WARMING = 100;
const COMMUNITIES = 40;
const SINGLE = 400;
const RECURRING = 100;
const IMPORTED = 5_000;
const FEEDS = 5_000;

const CALENDAR = `{ calendar(from: "2027-03-01T00:00:00Z", to: "2027-04-01T00:00:00Z", first: 100) { edges { node {
  startsAt endsAt title cancelled myRsvp rsvpCounts { interested going notGoing waitlisted } event { id title timeZone } } } } }`;
const CREATE = 'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }';
const SET = 'mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: GOING) { myRsvp } }';
const COUNTS = 'query ($id: ID!) { event(id: $id) { rsvpCounts { going waitlisted } } }';

const server = await startTestServer();
try {
  const test = await openSubgraph(events, { beside: [access] });
  const owner = await test.person('tenant.owner');
  const reader = await test.person();
  const scopes: { type: string; id: string }[] = [];
  for (let n = 0; n < COMMUNITIES; n++) {
    const scope = { type: 'COMMUNITY', id: uuidv7() };
    await registerScope(test.world, scope.type, scope.id, test.tenantId, test.tenantId);
    await giveRole(test.world, reader.id, 'portal.member', scope, test.tenantId);
    scopes.push(scope);
  }
  const rules = [
    'FREQ=WEEKLY;BYDAY=MO',
    'FREQ=WEEKLY;INTERVAL=2',
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=WEEKLY;COUNT=500',
  ];
  const make = (n: number, more: object) =>
    test.get<{ id: string }>(owner, CREATE, {
      input: { scope: scopes[n % COMMUNITIES], title: `Event ${n}`, timeZone: 'Europe/Berlin', ...more },
    });
  for (let n = 0; n < SINGLE; n++) {
    const startsAt = new Date(Date.UTC(2027, 2, 1 + (n % 31), 8 + (n % 12)));
    await make(n, { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) });
  }
  for (let n = 0; n < RECURRING; n++) {
    const startsAt = new Date(Date.UTC(2024, n % 12, 1 + (n % 28), 17));
    await make(n, {
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      recurrence: `RRULE:${rules[n % rules.length]}`,
    });
  }
  await calendarOf(reader);
  await feedsOf(reader);
  await answersAtOnce();
  await imported();
  await test.world.close();

  async function calendarOf(viewer: Viewer): Promise<void> {
    const times: number[] = [];
    for (let run = 0; run < WARMING + RUNS; run++) {
      const start = performance.now();
      const { errors } = await test.ask(viewer, CALENDAR);
      if (errors) throw new Error(JSON.stringify(errors));
      if (run >= WARMING) times.push(performance.now() - start);
      if (run === 0) console.log(`calendar, the first time: ${(performance.now() - start).toFixed(1)} ms`);
    }
    times.sort((a, b) => a - b);
    const statements = (await test.statementsOf(viewer, CALENDAR)).filter((sql) => /\bfrom\b/i.test(sql));
    console.log(
      `calendar of a month, ${SINGLE} single and ${RECURRING} recurring events in ${COMMUNITIES} communities, 100 dates:`,
    );
    console.log(
      `  median ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms, ${statements.length} statements`,
    );
  }

  /** The calendar program that has it already: the process of the subgraph as it serves them, without the gateway before it, asked over sockets by another process. */
  async function feedsOf(viewer: Person): Promise<void> {
    const started = test.world.subgraph('events');
    const app = await subgraphApp({
      subgraph: started,
      receive: async () => undefined,
      routes: (scope) => started.routes(scope),
      masterSecret: test.world.platform.masterSecret,
      nonces: { claim: async () => true },
      log: createLogger({ service: 'events', level: 'error' }),
    });
    try {
      const at = await app.listen({ host: '127.0.0.1', port: 0 });
      const { pathname } = new URL(await test.get<string>(viewer, '{ calendarFeedUrl }'));
      const url = `${at}${pathname}`;
      const fresh = await fetch(url);
      const size = (await fresh.text()).length;
      const tag = String(fresh.headers.get('etag'));
      await unchanged(url, tag, FEEDS / 10);
      const cpu = process.cpuUsage();
      const seconds = await unchanged(url, tag, FEEDS);
      const { user, system } = process.cpuUsage(cpu);
      const spent = (user + system) / 1_000_000;
      console.log(
        `unchanged feeds of ${(size / 1024).toFixed(0)} kB: ${(FEEDS / seconds).toFixed(0)}/s by the clock, ${(FEEDS / spent).toFixed(0)} for each second of CPU of this process`,
      );
    } finally {
      await app.close();
    }
  }

  /** Has another process ask so often, sixteen at a time; how long it took, in seconds. */
  async function unchanged(url: string, tag: string, times: number): Promise<number> {
    const client = join(import.meta.dirname, 'feed-client.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [client, url, tag, String(times)]);
    return Number(stdout);
  }

  async function answersAtOnce(): Promise<void> {
    const { id } = await make(0, {
      startsAt: '2027-05-01T10:00:00Z',
      endsAt: '2027-05-01T12:00:00Z',
      capacity: 50,
      visibility: 'PUBLIC',
    });
    const people: Person[] = [];
    for (let n = 0; n < 200; n++) people.push(await test.person());
    const start = performance.now();
    await Promise.all(people.map((who) => test.get(who, SET, { id }, { deadline: Date.now() + 60_000 })));
    const ms = performance.now() - start;
    const { rsvpCounts } = await test.get<{ rsvpCounts: { going: number; waitlisted: number } }>(owner, COUNTS, { id });
    console.log(
      `200 answers at once for 50 places: ${rsvpCounts.going} going, ${rsvpCounts.waitlisted} waiting, ${ms.toFixed(0)} ms`,
    );
  }

  async function imported(): Promise<void> {
    const lines = Array.from({ length: IMPORTED }, (_, n) => {
      const day = String(1 + (n % 28)).padStart(2, '0');
      const rule = n % 10 === 0 ? ['RRULE:FREQ=WEEKLY;COUNT=20'] : [];
      return [
        'BEGIN:VEVENT',
        `UID:${n}@bench`,
        `DTSTART;TZID=Europe/Berlin:202706${day}T180000`,
        'DURATION:PT2H',
        `SUMMARY:Event ${n}`,
        'DESCRIPTION:Some *text* of it',
        ...rule,
        'END:VEVENT',
      ].join('\r\n');
    });
    const text = ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n');
    const request = { ...internalRequest(test.tenantId), viewer: owner };
    const ctx = test.world.subgraph('events').open(request) as Context;
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    for (const round of ['new', 'unchanged']) {
      const start = performance.now();
      const { created, unchanged, refused } = await takeCalendar(ctx, { type: 'TENANT', id: test.tenantId }, text);
      const seconds = (performance.now() - start) / 1_000;
      const grown = (process.memoryUsage().rss - before) / 2 ** 20;
      console.log(
        `import of ${IMPORTED} events, ${round}: ${created} made, ${unchanged} unchanged, ${refused.length} refused, ${seconds.toFixed(1)} s, ${grown.toFixed(0)} MB more`,
      );
    }
  }
} finally {
  await server.stop();
}
