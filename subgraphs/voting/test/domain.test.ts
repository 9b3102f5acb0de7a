import { domainSuites } from '@polity/kernel/testing/suites';
import { voting } from '../src/subgraph.ts';
import { aPoll, startVoting } from './factories.ts';

const DELETE = 'mutation ($id: ID!) { deletePoll(id: $id) { id } }';

domainSuites({
  subgraph: voting,
  open: startVoting,
  nouns: {
    Poll: {
      make: (test, owner) => aPoll(test, owner, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => aPoll(test, owner, { visibility: 'PRIVATE' }),
    },
  },
  races: {
    deletePoll: {
      async prepare(test) {
        const author = await test.person();
        const { id } = await aPoll(test, author);
        return () => test.ask(author, DELETE, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
  },
});
