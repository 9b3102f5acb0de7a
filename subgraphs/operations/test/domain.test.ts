import { domainSuites } from '@polity/kernel/testing/suites';
import { uploaded } from '@polity/kernel/testing/uploads';
import { operations } from '../src/subgraph.ts';
import { aManifest, aText, PUBLISH, RETIRE, sha256, startOperations } from './factories.ts';

const LIMIT = 'mutation ($input: OperationLimitsInput!) { setOperationLimits(input: $input) { level } }';

const UPLOADED =
  'mutation ($input: PublishUploadedOperationsInput!) { publishUploadedOperations(input: $input) { id } }';

domainSuites({
  subgraph: operations,
  open: startOperations,
  nouns: {},
  unsecured: ['publishing_tenant'],
  async leaveTraces(test, person) {
    await test.get(person, PUBLISH, { input: { manifest: aManifest() } });
    const upload = await uploaded(test.world, person.id, 'MANIFEST', Buffer.from(JSON.stringify(aManifest())));
    await test.get(person, UPLOADED, { input: { upload } });
    await test.get(person, LIMIT, { input: { level: 'OPEN' } });
  },
  samples: { manifest: aManifest(), upload: 'x', level: 'LOG', uses: [] },
  races: {
    publishOperations: {
      async prepare(test) {
        const admin = await test.person('tenant.owner');
        const manifest = aManifest(20);
        return () => test.ask(admin, PUBLISH, { input: { manifest } });
      },
      wins: 20,
    },
    publishUploadedOperations: {
      async prepare(test) {
        const admin = await test.person('tenant.owner');
        const upload = await uploaded(test.world, admin.id, 'MANIFEST', Buffer.from(JSON.stringify(aManifest())));
        return () => test.ask(admin, UPLOADED, { input: { upload } });
      },
      wins: 1,
      code: 'TOKEN_INVALID',
    },
    retireOperations: {
      async prepare(test) {
        const admin = await test.person('tenant.owner');
        const text = aText();
        await test.get(admin, PUBLISH, { input: { manifest: { [sha256(text)]: text } } });
        return () => test.ask(admin, RETIRE, { ids: [sha256(text)] });
      },
      wins: 20,
    },
    setOperationLimits: {
      async prepare(test) {
        const admin = await test.person('tenant.owner');
        return () => test.ask(admin, LIMIT, { input: { level: 'LOG' } });
      },
      wins: 20,
    },
  },
});
