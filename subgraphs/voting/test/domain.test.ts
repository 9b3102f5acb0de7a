import { domainSuites } from '@polity/kernel/testing/suites';
import { voting } from '../src/subgraph.ts';
import { concerned } from './concerned.ts';
import { aDraft, startVoting } from './factories.ts';
import { races } from './races.ts';

const NOMINATIONS = 'mutation ($id: ID!) { openNominations(id: $id) { id } }';

domainSuites({
  subgraph: voting,
  open: startVoting,
  nouns: {
    Poll: {
      async make(test, owner) {
        const poll = await aDraft(test, owner, { visibility: 'PUBLIC' });
        await test.get(owner, NOMINATIONS, { id: poll.id });
        return { id: poll.id };
      },
      hidden: async (test, owner) => ({ id: (await aDraft(test, owner, { visibility: 'PUBLIC' })).id }),
    },
  },
  apart: {},
  samples: { method: 'PLURALITY', receipt: 'A'.repeat(43), choices: [] },
  races,
  unraced: {},
  concerned,
});
