import { domainSuites } from '@polity/kernel/testing/suites';
import { events } from '../src/subgraph.ts';
import { concerned } from './concerned.ts';
import { anEvent, startEvents } from './factories.ts';
import { races } from './races.ts';

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
  races,
  unraced: {},
  concerned,
});
