import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aCommunity, aMember, anEvent, type Scope, startEvents } from './factories.ts';

const UPDATE =
  'mutation ($id: ID!, $input: UpdateEventInput!) { updateEvent(id: $id, input: $input) { coOrganizers { id } } }';
const SEEN = 'query ($id: ID!) { event(id: $id) { viewerCanEdit onlineUrl coOrganizers { id } } }';
const SET = 'mutation ($id: ID!, $rsvp: Rsvp) { setRsvp(eventId: $id, rsvp: $rsvp) { myRsvp } }';
const MINE = `query ($id: ID!) { event(id: $id) { myRsvp rsvpCounts { going waitlisted notGoing } attendees { edges { node { user { id } rsvp acceptBy } } } } }`;
const OWN =
  'query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { events { edges { node { id } } } } } }';
const MINUTE_MS = 60_000;

let test: TestSubgraph;
let owner: Person;
let scope: Scope;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
}, 60_000);
beforeEach(async () => {
  scope = await aCommunity(test);
});
afterAll(() => test?.world.close());

describe('who organizes an event beside', () => {
  it('may change it, sees its link, and has it among their own, until they are taken off', async () => {
    const other = await aMember(test, scope, 'events.organizer');
    const onlineUrl = 'https://meet.test/x';
    const { id } = await anEvent(test, owner, { scope, onlineUrl, coOrganizerIds: [other.id, other.id.toUpperCase()] });
    expect(await test.get(other, SEEN, { id })).toEqual({
      viewerCanEdit: true,
      onlineUrl,
      coOrganizers: [{ id: other.id }],
    });
    const own = await test.get<{ events: { edges: { node: { id: string } }[] } }[]>(other, OWN, { id: other.id });
    expect(own[0]?.events.edges.map(({ node }) => node.id)).toEqual([id]);
    expect(await test.get(other, UPDATE, { id, input: { title: 'Ours' } })).toEqual({
      coOrganizers: [{ id: other.id }],
    });
    await test.get(owner, UPDATE, { id, input: { coOrganizerIds: [] } });
    expect(await test.get(other, SEEN, { id })).toMatchObject({ coOrganizers: [] });
    const after = await test.get<{ events: { edges: object[] } }[]>(other, OWN, { id: other.id });
    expect(after[0]?.events.edges).toEqual([]);
  });

  it('must be somebody who may make events there, and ten at most', async () => {
    const [member, { id }] = [await aMember(test, scope), await anEvent(test, owner, { scope })];
    for (const coOrganizerIds of [[member.id], ['x'], Array.from({ length: 11 }, () => owner.id)].map((ids) => ids))
      expect(await test.codeOf(owner, UPDATE, { id, input: { coOrganizerIds } })).toBe('VALIDATION_ERROR');
  });
});

describe('accepting within a time', () => {
  const set = (who: Person, id: string, rsvp: string | null) => test.get<{ myRsvp: string }>(who, SET, { id, rsvp });
  const mine = (who: Person, id: string) =>
    test.get<{
      myRsvp: string;
      rsvpCounts: object;
      attendees: { edges: { node: { user: { id: string }; acceptBy: string | null } }[] };
    }>(who, MINE, { id });
  const acceptBy = async (who: Person, id: string) =>
    (await mine(who, id)).attendees.edges.find(({ node }) => node.user.id === who.id)?.node.acceptBy ?? null;
  const later = async (minutes: number) => {
    test.world.clock.advance(minutes * MINUTE_MS);
    await test.world.runJobs();
  };

  it('gives the place of who does not accept to the next, and leaves it to who does', async () => {
    const soon = new Date(test.world.clock.nowMs() + 30 * 24 * 60 * MINUTE_MS);
    const times = { startsAt: soon.toISOString(), endsAt: soon.toISOString() };
    const { id } = await anEvent(test, owner, { scope, ...times, capacity: 1, acceptMinutes: 60 });
    const [first, second, third] = [await aMember(test, scope), await aMember(test, scope), await aMember(test, scope)];
    for (const who of [first, second, third]) await set(who, id, 'GOING');
    expect(await acceptBy(first, id)).toBeNull();
    await set(first, id, 'NOT_GOING');
    expect((await mine(second, id)).myRsvp).toBe('GOING');
    expect(new Date((await acceptBy(second, id)) as string).getTime()).toBe(test.world.clock.nowMs() + 60 * MINUTE_MS);
    await later(59);
    expect((await mine(second, id)).myRsvp).toBe('GOING');
    await later(2);
    expect(await mine(second, id)).toMatchObject({
      myRsvp: 'NOT_GOING',
      rsvpCounts: { going: 1, waitlisted: 0, notGoing: 2 },
    });
    expect((await mine(third, id)).myRsvp).toBe('GOING');
    await Promise.all(Array.from({ length: 20 }, () => set(third, id, 'GOING')));
    expect(await acceptBy(third, id)).toBeNull();
    await later(120);
    expect((await mine(third, id)).myRsvp).toBe('GOING');
  });

  it.each([4, 50_000])('is not %i minutes', async (acceptMinutes) => {
    const { id } = await anEvent(test, owner, { scope });
    expect(await test.codeOf(owner, UPDATE, { id, input: { acceptMinutes } })).toBe('VALIDATION_ERROR');
  });
});
