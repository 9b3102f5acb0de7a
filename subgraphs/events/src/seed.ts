import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context } from './context.ts';
import * as lists from './domain/event/event.lists.ts';
import * as events from './domain/event/event.service.ts';
import * as rsvps from './domain/rsvp/rsvp.service.ts';

const PEOPLE =
  'query DemoPeople($emails: [String!]!) { _tenant(slug: "demo") { id } _usersByEmail(emails: $emails) { id username } }';
const COMMUNITY = '{ community(slug: "builders") { id } }';
const HOUR_MS = 3_600_000;

/** Thursday, 18:00 in Berlin, of the week before last, so that some dates lie behind. */
function aThursday(nowMs: number): Date {
  const day = new Date(nowMs - 14 * 24 * HOUR_MS);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 3) % 7));
  day.setUTCHours(17, 0, 0, 0);
  return day;
}

/** The gathering of Builders on Thursdays, made and answered by the verbs that people use; nothing where Builders have events. Throws where its people are not there yet. */
export async function seedDemo(runtime: Runtime, open: OpenContext<Context>): Promise<void> {
  const emails = ['admin', 'alice', 'bob'].map((name) => `${name}@demo.test`);
  type Found = { _tenant: { id: string } | null; _usersByEmail: { id: string; username: string }[] };
  const { _tenant: tenant, _usersByEmail: users } = await runtime
    .services(null)
    .call<Found>('identity', PEOPLE, { emails });
  const idOf = (name: string) => users.find(({ username }) => username.endsWith(name))?.id;
  const [admin, alice, bob] = [idOf('admin'), idOf('alice'), idOf('bob')];
  if (!tenant || !admin || !alice || !bob) throw new Error('The demo tenant and its people are not there yet.');
  const { community } = await runtime
    .services(tenant.id)
    .call<{ community: { id: string } | null }>('portal', COMMUNITY);
  if (!community) throw new Error('The community of the demo is not there yet.');
  const as = (userId: string) => open(personRequest(tenant.id, userId));
  const scope = { type: 'COMMUNITY' as const, id: community.id };
  if ((await lists.list(as(admin), { scope, first: 1 })).edges.length > 0) return;
  const startsAt = aThursday(runtime.clock.nowMs());
  const { id: eventId } = await events.create(as(admin), {
    scope,
    title: 'Builders on Thursday',
    description: 'We meet every week and **build things**. Bring what you are working on.',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 3 * HOUR_MS),
    timeZone: 'Europe/Berlin',
    recurrence: 'RRULE:FREQ=WEEKLY;BYDAY=TH',
    location: 'The workshop',
    onlineUrl: 'https://meet.example.test/builders',
    capacity: 12,
    guestLimit: 1,
    visibility: 'PUBLIC',
    tags: ['workshop'],
  });
  await rsvps.set(as(alice), { eventId, input: { rsvp: 'GOING' } });
  await rsvps.set(as(bob), { eventId, input: { rsvp: 'INTERESTED' } });
}
