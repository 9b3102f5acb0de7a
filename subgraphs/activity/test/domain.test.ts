import { domainSuites } from '@polity/kernel/testing/suites';
import { activity } from '../src/subgraph.ts';
import { aCommunity, feedOf, startActivity } from './factories.ts';

const SUBSCRIBE = 'mutation ($scope: ScopeInput!) { subscribe(scope: $scope) { id } }';
const UNSUBSCRIBE = 'mutation ($id: ID!) { unsubscribe(id: $id) { id } }';
const MUTE = 'mutation ($input: FeedMuteInput!) { muteFeed(input: $input) { id } }';
const UNMUTE = 'mutation ($id: ID!) { unmuteFeed(id: $id) { id } }';

domainSuites({
  subgraph: activity,
  open: startActivity,
  nouns: {},
  // A mute takes one of three.
  samples: { userId: null, types: null },
  races: {
    subscribe: {
      async prepare(test) {
        const scope = await aCommunity(test, await test.person());
        const person = await test.person();
        return () => test.ask(person, SUBSCRIBE, { scope });
      },
      wins: 20,
    },
    unsubscribe: {
      async prepare(test) {
        const scope = await aCommunity(test, await test.person());
        const person = await test.person();
        const { id } = await test.get<{ id: string }>(person, SUBSCRIBE, { scope });
        return () => test.ask(person, UNSUBSCRIBE, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
    muteFeed: {
      async prepare(test) {
        const person = await test.person();
        return () => test.ask(person, MUTE, { input: { type: 'portal.post.created' } });
      },
      wins: 20,
    },
    unmuteFeed: {
      async prepare(test) {
        const person = await test.person();
        const { id } = await test.get<{ id: string }>(person, MUTE, { input: { type: 'portal.post.created' } });
        return () => test.ask(person, UNMUTE, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
  },
  async leaveTraces(test, person) {
    const scope = await aCommunity(test, person);
    await feedOf(test, person);
    await test.get(person, SUBSCRIBE, { scope });
    await test.get(person, MUTE, { input: { userId: person.id } });
    await test.get(person, 'mutation { markFeedRead(upTo: "2026-01-01T00:00:00Z") }');
  },
});
