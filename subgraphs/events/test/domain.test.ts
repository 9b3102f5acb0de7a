import { domainSuites } from '@polity/kernel/testing/suites';
import { events } from '../src/subgraph.ts';
import { aEvent, startEvents } from './factories.ts';

const DELETE = 'mutation ($id: ID!) { deleteEvent(id: $id) { id } }';

domainSuites({
  subgraph: events,
  open: startEvents,
  nouns: {
    Event: {
      make: (test, owner) => aEvent(test, owner, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => aEvent(test, owner, { visibility: 'PRIVATE' }),
    },
  },
  races: {
    deleteEvent: {
      async prepare(test) {
        const author = await test.person();
        const { id } = await aEvent(test, author);
        return () => test.ask(author, DELETE, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
  },
});
