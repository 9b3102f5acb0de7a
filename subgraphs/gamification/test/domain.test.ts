import { domainSuites } from '@polity/kernel/testing/suites';
import { gamification } from '../src/subgraph.ts';
import {
  ARCHIVE,
  achievementInput,
  aKey,
  anAchievement,
  anOwner,
  aPost,
  CREATE,
  GRANT,
  grantTo,
  happens,
  REVOKE,
  startGamification,
  UPDATE,
} from './factories.ts';

const SETTINGS =
  'mutation ($input: GamificationSettingsInput!) { updateGamificationSettings(input: $input) { timeZone } }';
const IMPORT = `mutation ($id: ID!, $csv: String!) { importGrants(achievementId: $id, csv: $csv) { created unchanged } }`;

domainSuites({
  subgraph: gamification,
  open: startGamification,
  nouns: {
    Achievement: {
      make: (test, owner) => anAchievement(test, owner, { visibility: 'PUBLIC' }),
      hidden: (test, owner) => anAchievement(test, owner, { hidden: true }),
    },
    Grant: {
      make: async (test, owner) => {
        const { id } = await anAchievement(test, owner, { visibility: 'PUBLIC' });
        return grantTo(test, owner, id, owner.id);
      },
      hidden: async (test, owner) => {
        const { id } = await anAchievement(test, owner, { hidden: true });
        return grantTo(test, owner, id, owner.id);
      },
    },
  },
  samples: {
    key: 'a-key',
    criteria: { count: { event: 'portal.post.created', atLeast: 1 } },
    csv: 'userId\nnobody',
    evidence: null,
    image: null,
  },
  concerned: {
    'gamification.grant.awarded': async (test, owner) => {
      const { id } = await anAchievement(test, owner);
      await grantTo(test, owner, id, owner.id);
      return [{ userId: owner.id, as: 'OWNER' }];
    },
    'gamification.grant.revoked': async (test, owner) => {
      const { id } = await anAchievement(test, owner);
      const grant = await grantTo(test, owner, id, owner.id);
      await test.get(owner, REVOKE, { id: grant.id, reason: 'A mistake' });
      return [{ userId: owner.id, as: 'OWNER' }];
    },
    'gamification.grant.expired': async (test, owner) => {
      const { id } = await anAchievement(test, owner, { validForDays: 1 });
      await grantTo(test, owner, id, owner.id);
      test.world.clock.advance(86_400_000);
      await test.world.runJobs();
      return [{ userId: owner.id, as: 'OWNER' }];
    },
  },
  races: {
    createAchievement: {
      async prepare(test) {
        const [owner, input] = [await anOwner(test), achievementInput(test, { key: aKey() })];
        return () => test.ask(owner, CREATE, { input });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
    updateAchievement: {
      async prepare(test) {
        const owner = await anOwner(test);
        const { id } = await anAchievement(test, owner);
        return (n) => test.ask(owner, UPDATE, { id, input: { name: `Name ${n}` } });
      },
      wins: 20,
    },
    archiveAchievement: {
      async prepare(test) {
        const owner = await anOwner(test);
        const { id } = await anAchievement(test, owner);
        return () => test.ask(owner, ARCHIVE, { id });
      },
      wins: 20,
    },
    grantAchievement: {
      async prepare(test) {
        const [owner, person] = [await anOwner(test), await test.person()];
        const { id } = await anAchievement(test, owner);
        return () => test.ask(owner, GRANT, { input: { achievementId: id, userId: person.id } });
      },
      wins: 1,
      code: 'ALREADY_EXISTS',
    },
    importGrants: {
      async prepare(test) {
        const [owner, person] = [await anOwner(test), await test.person()];
        const { id } = await anAchievement(test, owner);
        return () => test.ask(owner, IMPORT, { id, csv: `userId\n${person.id}` });
      },
      wins: 20,
    },
    revokeGrant: {
      async prepare(test) {
        const [owner, person] = [await anOwner(test), await test.person()];
        const { id } = await anAchievement(test, owner);
        const grant = await grantTo(test, owner, id, person.id);
        return () => test.ask(owner, REVOKE, { id: grant.id, reason: 'A mistake' });
      },
      wins: 1,
      code: 'CONFLICT',
    },
    updateGamificationSettings: {
      async prepare(test) {
        const person = await test.person();
        return () => test.ask(person, SETTINGS, { input: { timeZone: 'Europe/Berlin' } });
      },
      wins: 20,
    },
  },
  async leaveTraces(test, person) {
    await test.get(person, SETTINGS, { input: { timeZone: 'Europe/Berlin' } });
    await happens(test, aPost(person.id));
  },
});
