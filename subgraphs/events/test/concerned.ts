import type { Concern } from '@polity/kernel/duties/concerns';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { anEvent, WEEKLY } from './factories.ts';

// Has each event happen that concerns somebody, and says whom.

type Happens = (test: TestSubgraph, owner: Person) => Promise<Concern[]>;

const SET =
  'mutation ($id: ID!, $rsvp: Rsvp, $occurrence: DateTime) { setRsvp(eventId: $id, rsvp: $rsvp, occurrence: $occurrence) { id } }';
const UPDATE =
  'mutation ($id: ID!, $occurrence: DateTime) { updateEvent(id: $id, input: { title: "Another" }, occurrence: $occurrence) { id } }';
const CANCEL = 'mutation ($id: ID!) { cancelEvent(id: $id) { id } }';
const MARK =
  'mutation ($id: ID!, $userId: ID!) { markAttendance(eventId: $id, userId: $userId, present: true) { id } }';

const owns = ({ id: userId }: Person): Concern => ({ userId, as: 'OWNER' });
const takesPart = ({ id: userId }: Person): Concern => ({ userId, as: 'PARTICIPANT' });
const SECOND = '2027-01-11T17:00:00.000Z';

async function guests(test: TestSubgraph, count: number): Promise<Person[]> {
  const made: Person[] = [];
  while (made.length < count) made.push(await test.person());
  return made;
}

const answer = (test: TestSubgraph, who: Person, id: string, rsvp: string, occurrence?: string) =>
  test.get(who, SET, { id, rsvp, occurrence });

export const concerned: Record<string, Happens> = {
  'events.event.created': async (test, owner) => {
    const beside = await test.person('tenant.owner');
    await anEvent(test, owner, { coOrganizerIds: [beside.id] });
    return [owns(owner), owns(beside)];
  },
  'events.event.updated': async (test, owner) => {
    const { id } = await anEvent(test, owner, WEEKLY);
    const [whole, date, apart, away] = (await guests(test, 4)) as [Person, Person, Person, Person];
    await answer(test, whole, id, 'GOING');
    await answer(test, date, id, 'INTERESTED', SECOND);
    // Comes to all dates but this one.
    await answer(test, apart, id, 'GOING');
    await answer(test, apart, id, 'NOT_GOING', SECOND);
    await answer(test, away, id, 'NOT_GOING');
    await test.get(owner, UPDATE, { id, occurrence: SECOND });
    return [owns(owner), takesPart(whole), takesPart(date)];
  },
  'events.event.cancelled': async (test, owner) => {
    const { id } = await anEvent(test, owner, { ...WEEKLY, capacity: 1 });
    const [comes, waits, away] = (await guests(test, 3)) as [Person, Person, Person];
    await answer(test, comes, id, 'GOING');
    await answer(test, waits, id, 'GOING');
    await answer(test, away, id, 'NOT_GOING');
    await answer(test, owner, id, 'INTERESTED');
    await test.get(owner, CANCEL, { id });
    return [owns(owner), takesPart(comes), takesPart(waits)];
  },
  'events.rsvp.changed': async (test, owner) => {
    const { id } = await anEvent(test, owner, { needsApproval: true });
    const [guest] = (await guests(test, 1)) as [Person];
    await answer(test, guest, id, 'GOING');
    return [takesPart(guest), owns(owner)];
  },
  'events.waitlist.promoted': async (test, owner) => {
    const { id } = await anEvent(test, owner, { capacity: 1 });
    const [first, second] = (await guests(test, 2)) as [Person, Person];
    await answer(test, first, id, 'GOING');
    await answer(test, second, id, 'GOING');
    await answer(test, first, id, 'NOT_GOING');
    return [takesPart(second)];
  },
  'events.attendance.marked': async (test, owner) => {
    const { id } = await anEvent(test, owner);
    const [guest] = (await guests(test, 1)) as [Person];
    await test.get(owner, MARK, { id, userId: guest.id });
    return [takesPart(guest)];
  },
  'events.reminder.due': async (test, owner) => {
    const at = (minutes: number) => new Date(test.world.clock.nowMs() + minutes * 60_000).toISOString();
    const { id } = await anEvent(test, owner, { startsAt: at(90), endsAt: at(150) });
    const [guest] = (await guests(test, 1)) as [Person];
    await answer(test, guest, id, 'GOING');
    await test.world.runJobs();
    test.world.clock.advance(31 * 60_000);
    await test.world.runJobs();
    return [takesPart(guest)];
  },
};
