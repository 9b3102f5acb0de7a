import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { domainSuites } from '@polity/kernel/testing/suites';
import { activity } from '../src/subgraph.ts';
import { aCommunity, feedOf, from, startActivity } from './factories.ts';

const SUBSCRIBE = 'mutation ($scope: ScopeInput!) { subscribe(scope: $scope) { id } }';
const UNSUBSCRIBE = 'mutation ($id: ID!) { unsubscribe(id: $id) { id } }';
const MUTE = 'mutation ($input: FeedMuteInput!) { muteFeed(input: $input) { id } }';
const INVITE = 'mutation ($id: ID!, $userId: ID!) { inviteToCommunity(communityId: $id, userId: $userId) { id } }';
const SET_ALL = 'mutation { setNotificationSetting(input: { listed: true, mail: WEEKLY, push: false }) { topic } }';
const ZONE = 'mutation { setNotificationTimeZone(timeZone: "Europe/Berlin") }';
const PUSH = 'mutation ($input: PushSubscriptionInput!) { addPushSubscription(input: $input) { id } }';
const UNPUSH = 'mutation ($id: ID!) { removePushSubscription(id: $id) { id } }';
const READ = 'mutation ($id: ID!) { markNotificationRead(id: $id) { id } }';

const browser = {
  endpoint: 'https://push.test/abc',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

/** A person who is told of an invitation. */
async function invited(test: TestSubgraph, person: Person): Promise<void> {
  const owner = await test.person();
  const { id } = await aCommunity(test, owner);
  await from(test, 'portal', owner, INVITE, { id, userId: person.id });
  await test.world.settle();
}

const UNMUTE = 'mutation ($id: ID!) { unmuteFeed(id: $id) { id } }';

domainSuites({
  subgraph: activity,
  open: startActivity,
  nouns: {},
  // A mute takes one of three.
  samples: { userId: null, types: null, topic: null, timeZone: 'UTC', ...browser },
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
    setNotificationSetting: {
      async prepare(test) {
        const person = await test.person();
        return () => test.ask(person, SET_ALL);
      },
      wins: 20,
    },
    setNotificationTimeZone: {
      async prepare(test) {
        const person = await test.person();
        return () => test.ask(person, ZONE);
      },
      wins: 20,
    },
    markNotificationRead: {
      async prepare(test) {
        const person = await test.person();
        await invited(test, person);
        const { id } = await test.get<{ id: string }>(person, '{ notification { id } }');
        return () => test.ask(person, READ, { id });
      },
      wins: 20,
    },
    addPushSubscription: {
      async prepare(test) {
        const person = await test.person();
        return () => test.ask(person, PUSH, { input: browser });
      },
      wins: 20,
    },
    removePushSubscription: {
      async prepare(test) {
        const person = await test.person();
        const { id } = await test.get<{ id: string }>(person, PUSH, { input: browser });
        return () => test.ask(person, UNPUSH, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
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
    await invited(test, person);
    await test.get(person, SET_ALL);
    await test.get(person, ZONE);
    await test.get(person, PUSH, { input: browser });
    await test.get(person, 'mutation { markFeedRead(upTo: "2026-01-01T00:00:00Z") }');
  },
});
