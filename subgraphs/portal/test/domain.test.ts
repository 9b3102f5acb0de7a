import { domainSuites } from '@polity/kernel/testing/suites';
import { portal } from '../src/subgraph.ts';
import { concerned } from './concerned.ts';
import { aCommunity, aPost, aSlug, aTeam, CREATE_COMMUNITY, CREATE_TEAM, JOIN } from './factories.ts';
import { startPortal } from './harness.ts';

const PRIVATE = { visibility: 'PRIVATE' };

domainSuites({
  subgraph: portal,
  open: startPortal,
  nouns: {
    Community: {
      make: (test, owner) => aCommunity(test, owner, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => aCommunity(test, owner, PRIVATE),
    },
    Team: {
      make: async (test, owner) => aTeam(test, await aCommunity(test, owner), owner),
      hidden: async (test, owner) => aTeam(test, await aCommunity(test, owner, PRIVATE), owner),
    },
    Post: {
      make: (test, owner) => aPost(test, owner, { type: 'TENANT', id: test.tenantId }, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => aPost(test, owner, { type: 'TENANT', id: test.tenantId }, PRIVATE),
    },
  },
  concerned,
  samples: { slug: 'a-slug', roleKey: 'portal.owner', key: 'posts' },
  races: {
    createCommunity: {
      async prepare(test) {
        const [owner, slug] = [await test.person(), aSlug()];
        return () => test.ask(owner, CREATE_COMMUNITY, { input: { slug, name: 'A community' } });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
    createTeam: {
      async prepare(test) {
        const owner = await test.person();
        const [{ id: communityId }, slug] = [await aCommunity(test, owner), aSlug()];
        return () => test.ask(owner, CREATE_TEAM, { input: { communityId, slug, name: 'A team' } });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
    joinCommunity: {
      async prepare(test) {
        const { id } = await aCommunity(test, await test.person(), { visibility: 'PUBLIC', joinPolicy: 'OPEN' });
        const joiner = await test.person();
        return () => test.ask(joiner, JOIN, { id });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
  },
});
