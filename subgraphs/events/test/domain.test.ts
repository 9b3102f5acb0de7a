import { domainSuites } from '@polity/kernel/testing/suites';
import { events } from '../src/subgraph.ts';
import { anEvent, startEvents } from './factories.ts';

const SET = 'mutation ($eventId: ID!) { setRsvp(eventId: $eventId, rsvp: GOING) { myRsvp } }';
const DELETE = 'mutation ($id: ID!) { deleteEvent(id: $id) { id } }';

domainSuites({
  subgraph: events,
  open: startEvents,
  nouns: {
    Event: {
      make: (test, owner) => anEvent(test, owner, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => anEvent(test, owner, { visibility: 'PRIVATE' }),
    },
  },
  samples: {
    ...{ timeZone: 'Europe/Berlin', occurrence: null, organizerId: null, ics: 'BEGIN:VCALENDAR' },
    ...{ date: '2027-03-01', url: 'https://calendar.test/team.ics', image: null },
  },
  races: {
    setRsvp: {
      async prepare(test) {
        const { id: eventId } = await anEvent(test, await test.person('tenant.owner'));
        const guest = await test.person();
        return () => test.ask(guest, SET, { eventId });
      },
      wins: 20,
    },
    deleteEvent: {
      async prepare(test) {
        const owner = await test.person('tenant.owner');
        const { id } = await anEvent(test, owner);
        return () => test.ask(owner, DELETE, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
  },
});
