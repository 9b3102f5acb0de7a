import { domainSuites } from '@polity/kernel/testing/suites';
import { profiles } from '../src/subgraph.ts';
import { aField, BLOCK, FOLLOW, PRIVACY, startProfiles, UNBLOCK, UNFOLLOW, UPDATE } from './factories.ts';

const DELETE_FIELD = 'mutation ($id: ID!) { deleteProfileField(id: $id) { id } }';

domainSuites({
  subgraph: profiles,
  open: startProfiles,
  nouns: { ProfileField: { make: (test, owner) => aField(test, owner) } },
  races: {
    deleteProfileField: {
      async prepare(test) {
        const owner = await test.person('tenant.owner');
        const { id } = await aField(test, owner);
        return () => test.ask(owner, DELETE_FIELD, { id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
    followUser: {
      async prepare(test) {
        const [a, b] = [await test.person(), await test.person()];
        return () => test.ask(a, FOLLOW, { id: b.id });
      },
      wins: 20,
    },
    unfollowUser: {
      async prepare(test) {
        const [a, b] = [await test.person(), await test.person()];
        await test.get(a, FOLLOW, { id: b.id });
        return () => test.ask(a, UNFOLLOW, { id: b.id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
    blockUser: {
      async prepare(test) {
        const [a, b] = [await test.person(), await test.person()];
        return () => test.ask(a, BLOCK, { id: b.id });
      },
      wins: 20,
    },
    unblockUser: {
      async prepare(test) {
        const [a, b] = [await test.person(), await test.person()];
        await test.get(a, BLOCK, { id: b.id });
        return () => test.ask(a, UNBLOCK, { id: b.id });
      },
      wins: 1,
      code: 'NOT_FOUND',
    },
    updateProfile: {
      async prepare(test) {
        const person = await test.person();
        return (n) => test.ask(person, UPDATE, { input: { bio: `I am number ${n}.` } });
      },
      wins: 20,
    },
  },
  async leaveTraces(test, person) {
    const other = await test.person();
    await test.get(person, UPDATE, { input: { bio: 'Here I am.' } });
    await test.get(person, PRIVACY, { input: { bio: 'EVERYONE' } });
    await test.get(person, FOLLOW, { id: other.id });
    await test.get(other, FOLLOW, { id: person.id });
  },
});
