import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import type { Race } from '@polity/kernel/testing/suites';
import { uploaded } from '@polity/kernel/testing/uploads';
import { aCommunity, anEvent, CREATE, MONDAY, type Node, tenantScope, WEEKLY } from './factories.ts';

// Every mutation of the contract twenty times at once. What happened once is told once, so events say what took effect.

const byId = (field: string, more = '') => `mutation ($id: ID!) { ${field}(id: $id${more}) { id } }`;
const onEvent = (field: string, more: string, answer = 'id') =>
  `mutation ($id: ID!) { ${field}(eventId: $id, ${more}) { ${answer} } }`;
const GOING = onEvent('setRsvp', 'rsvp: GOING');
const SECOND = '2027-01-11T17:00:00.000Z';
const URL = 'https://calendar.test/team.ics';
const SUBSCRIBE =
  'mutation ($scope: ScopeInput!, $url: String!) { subscribeCalendar(scope: $scope, url: $url) { id } }';

const file = (uid: string) =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTART:20270104T180000Z',
    'SUMMARY:One',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');

/** A race of an owner of the tenant, about an event of theirs. */
const ofEvent = (query: string, ends: Omit<Race, 'prepare'>, input: object = {}): Race => ({
  async prepare(test) {
    const owner = await test.person('tenant.owner');
    const { id } = await anEvent(test, owner, input);
    return () => test.ask(owner, query, { id });
  },
  ...ends,
});

/** A subscription of an owner of the tenant; nothing asks for it as no job runs. */
async function subscribed(test: TestSubgraph): Promise<[Person, string]> {
  const owner = await test.person('tenant.owner');
  const scope = await aCommunity(test);
  return [owner, (await test.get<Node>(owner, SUBSCRIBE, { scope, url: URL })).id];
}

const nowOn = (test: TestSubgraph) => {
  const at = (minutes: number) => new Date(test.world.clock.nowMs() + minutes * 60_000).toISOString();
  return { startsAt: at(-10), endsAt: at(50) };
};

const events: Record<string, Race> = {
  createEvent: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      return () => test.ask(owner, CREATE, { input: { scope: tenantScope(test), title: 'An event', ...MONDAY } });
    },
    wins: 20,
    told: { 'events.event.created': 20 },
  },
  // A series is split once: who comes after finds the part that is left without that date.
  updateEvent: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      const { id } = await anEvent(test, owner, WEEKLY);
      const query =
        'mutation ($id: ID!, $at: DateTime) { updateEvent(id: $id, input: { title: "Later" }, occurrence: $at, span: FOLLOWING) { id } }';
      return () => test.ask(owner, query, { id, at: SECOND });
    },
    ...{ wins: 1, code: 'VALIDATION_ERROR', told: { 'events.event.updated': 2, 'events.event.created': 1 } },
  },
  publishEvent: ofEvent(byId('publishEvent'), { wins: 20, told: { 'events.event.created': 1 } }, { draft: true }),
  cancelEvent: ofEvent(byId('cancelEvent'), { wins: 20, told: { 'events.event.cancelled': 1 } }),
  duplicateEvent: ofEvent(byId('duplicateEvent'), { wins: 20, told: {} }),
  deleteEvent: ofEvent(byId('deleteEvent'), { wins: 1, code: 'NOT_FOUND', told: { 'events.event.deleted': 1 } }),
};

const answers: Record<string, Race> = {
  setRsvp: {
    async prepare(test) {
      const { id } = await anEvent(test, await test.person('tenant.owner'));
      const guest = await test.person();
      return () => test.ask(guest, GOING, { id });
    },
    wins: 20,
    told: { 'events.rsvp.changed': 1 },
  },
  decideRsvp: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      const { id } = await anEvent(test, owner, { needsApproval: true });
      const guest = await test.person();
      await test.get(guest, GOING, { id });
      return () => test.ask(owner, onEvent('decideRsvp', `userId: "${guest.id}", approve: true`), { id });
    },
    wins: 20,
    told: { 'events.waitlist.promoted': 1 },
  },
  setReminder: {
    async prepare(test) {
      const { id } = await anEvent(test, await test.person('tenant.owner'));
      const guest = await test.person();
      return () => test.ask(guest, onEvent('setReminder', 'minutesBefore: 30', 'minutesBefore'), { id });
    },
    wins: 20,
    told: {},
  },
};

const attendance: Record<string, Race> = {
  markAttendance: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      const { id } = await anEvent(test, owner);
      const guest = await test.person();
      return () => test.ask(owner, onEvent('markAttendance', `userId: "${guest.id}", present: true`), { id });
    },
    wins: 20,
    told: { 'events.attendance.marked': 1 },
  },
  checkIn: {
    async prepare(test) {
      const [owner, guest] = [await test.person('tenant.owner'), await test.person()];
      const { id } = await anEvent(test, owner, nowOn(test));
      const shown = 'query ($id: ID!) { event(id: $id) { checkInCode { code } } }';
      const { checkInCode } = await test.get<{ checkInCode: { code: string } }>(owner, shown, { id });
      return () => test.ask(guest, onEvent('checkIn', `code: "${checkInCode.code}"`), { id });
    },
    wins: 20,
    told: { 'events.attendance.marked': 1 },
  },
};

const calendars: Record<string, Race> = {
  importCalendar: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      const scope = await aCommunity(test);
      const query =
        'mutation ($scope: ScopeInput!, $ics: String!) { importCalendar(scope: $scope, ics: $ics) { created unchanged } }';
      return () => test.ask(owner, query, { scope, ics: file('raced@test') });
    },
    wins: 20,
    told: { 'events.event.created': 1 },
  },
  importCalendarFile: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      const upload = await uploaded(test.world, owner.id, 'CALENDAR', Buffer.from(file('uploaded@test')));
      const query =
        'mutation ($scope: ScopeInput!, $upload: String!) { importCalendarFile(scope: $scope, upload: $upload) { id } }';
      return () => test.ask(owner, query, { scope: tenantScope(test), upload });
    },
    ...{ wins: 1, code: 'TOKEN_INVALID', told: {} },
  },
  // A scope subscribes to fifty at most, however many are asked for at the same time.
  subscribeCalendar: {
    async prepare(test) {
      const owner = await test.person('tenant.owner');
      const scope = await aCommunity(test);
      for (let n = 0; n < 43; n++) await test.get(owner, SUBSCRIBE, { scope, url: `${URL}?there=${n}` });
      return (n) => test.ask(owner, SUBSCRIBE, { scope, url: `${URL}?more=${n}` });
    },
    ...{ wins: 7, code: 'CONFLICT', told: {} },
  },
  unsubscribeCalendar: {
    async prepare(test) {
      const [owner, id] = await subscribed(test);
      return () => test.ask(owner, byId('unsubscribeCalendar'), { id });
    },
    ...{ wins: 1, code: 'NOT_FOUND', told: {} },
  },
  refreshCalendar: {
    async prepare(test) {
      const [owner, id] = await subscribed(test);
      return () => test.ask(owner, byId('refreshCalendar'), { id });
    },
    wins: 20,
    told: {},
  },
  rotateCalendarFeed: {
    async prepare(test) {
      const who = await test.person();
      return () => test.ask(who, 'mutation { rotateCalendarFeed }');
    },
    wins: 20,
    told: {},
  },
};

export const races: Record<string, Race> = { ...events, ...answers, ...attendance, ...calendars };
