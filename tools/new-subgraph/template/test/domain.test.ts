import { domainSuites } from '@polity/kernel/testing/suites';
import { specimens } from '../src/subgraph.ts';
import { aSample, startSpecimens } from './factories.ts';

const DELETE = 'mutation ($id: ID!) { deleteSample(id: $id) { id } }';

domainSuites({
  subgraph: specimens,
  open: startSpecimens,
  nouns: {
    Sample: {
      make: (test, owner) => aSample(test, owner, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => aSample(test, owner, { visibility: 'PRIVATE' }),
    },
  },
  races: {
    deleteSample: {
      async prepare(test) {
        const author = await test.person();
        const { id } = await aSample(test, author);
        return () => test.ask(author, DELETE, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
  },
});
