import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import { giveRole, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { onePixel, uploaded } from '@polity/kernel/testing/uploads';
import {
  ARCHIVE,
  aCommunity,
  achievementInput,
  aKey,
  anAchievement,
  anOwner,
  CREATE,
  GRANT,
  grantsOf,
  grantTo,
  REVOKE,
  startGamification,
  statusesOf,
  UPDATE,
} from './factories.ts';

let test: TestSubgraph;
let owner: Person;
let person: Person;

beforeAll(async () => {
  test = await startGamification();
  owner = await anOwner(test);
});
beforeEach(async () => {
  person = await test.person();
});
afterAll(() => test.world.close());

const ONE =
  'query ($id: ID!) { achievement(id: $id) { id name version hidden visibility viewerCanManage viewerCanGrant } }';
const LIST =
  'query ($scope: ScopeInput, $kind: AchievementKind) { achievements(scope: $scope, kind: $kind) { edges { node { id } } } }';
const IMPORT = `mutation ($id: ID!, $csv: String!) { importGrants(achievementId: $id, csv: $csv) { created unchanged refused { line reason } } }`;

interface List {
  edges: { node: { id: string } }[];
}
const idsIn = ({ edges }: List) => edges.map(({ node }) => node.id);

describe('createAchievement', () => {
  it('lies in the gallery of its place', async () => {
    const { scope, owner: at } = await aCommunity(test);
    const { id } = await anAchievement(test, at, { scope, kind: 'BADGE', visibility: 'PUBLIC' });
    expect(idsIn(await test.get(anonymous, LIST, { scope }))).toEqual([id]);
    expect(idsIn(await test.get(anonymous, LIST, { scope, kind: 'ACHIEVEMENT' }))).toEqual([]);
    expect(idsIn(await test.get(anonymous, LIST, { scope: { type: 'TENANT', id: test.tenantId } }))).not.toContain(id);
  });

  it('refuses what cannot be', async () => {
    const codeFor = (more: object, by = owner) => test.codeOf(by, CREATE, { input: achievementInput(test, more) });
    for (const bad of [
      { key: 'No Key' },
      { name: '' },
      { points: -1 },
      { validForDays: 0 },
      { visibility: 'PRIVATE' },
      { visibility: 'TEAM' },
    ])
      expect([bad, await codeFor(bad)]).toEqual([bad, 'VALIDATION_ERROR']);
    expect(await codeFor({ criteria: { cuont: {} } })).toBe('VALIDATION_ERROR');
    expect(await codeFor({}, person)).toBe('FORBIDDEN');
    expect(await codeFor({ scope: { type: 'COMMUNITY', id: uuidv7() } })).toBe('NOT_FOUND');
    const key = aKey();
    await anAchievement(test, owner, { key });
    expect(await codeFor({ key })).toBe('ALREADY_EXISTS');
  });

  it('names what is wrong with criteria by its path', async () => {
    const criteria = { allOf: [{ count: { event: 'portal.post.create', atLeast: 1 } }] };
    const reply = await test.ask(owner, CREATE, { input: achievementInput(test, { criteria }) });
    expect(reply.errors?.[0]?.extensions?.details).toEqual({
      fields: { 'criteria.allOf.0.count.event': expect.stringContaining('did you mean `portal.post.created`?') },
    });
  });

  it('takes a picture that was uploaded, and no other file', async () => {
    const image = await uploaded(test.world, owner.id, 'IMAGE', onePixel);
    const { id } = await anAchievement(test, owner, { image });
    const { imageUrl } = await test.get<{ imageUrl: string }>(owner, `{ achievement(id: "${id}") { imageUrl } }`);
    expect(imageUrl).toMatch(/\/files\/.+\/gamification\/.+\.png/);
    const again = { input: achievementInput(test, { image }) };
    expect(await test.codeOf(owner, CREATE, again)).toBe('TOKEN_INVALID');
    await test.get(owner, UPDATE, { id, input: { image: null } });
    expect(await test.get(owner, `{ achievement(id: "${id}") { imageUrl } }`)).toEqual({ imageUrl: null });
  });
});

describe('updateAchievement and archiveAchievement', () => {
  it('count versions, and leave what is absent', async () => {
    const { id } = await anAchievement(test, owner);
    await test.get(owner, UPDATE, { id, input: { name: 'Another name' } });
    expect(await test.get(person, ONE, { id })).toMatchObject({
      name: 'Another name',
      version: 2,
      viewerCanManage: false,
    });
    expect(await test.codeOf(person, UPDATE, { id, input: {} })).toBe('FORBIDDEN');
    expect(await test.codeOf(owner, UPDATE, { id: uuidv7(), input: {} })).toBe('NOT_FOUND');
  });

  it('leave nothing that could be granted', async () => {
    const { id } = await anAchievement(test, owner);
    const { id: grantId } = await grantTo(test, owner, id, person.id);
    expect(await test.codeOf(person, ARCHIVE, { id })).toBe('FORBIDDEN');
    await test.get(owner, ARCHIVE, { id });
    expect(idsIn(await test.get(owner, LIST))).not.toContain(id);
    expect(await test.codeOf(owner, UPDATE, { id, input: {} })).toBe('CONFLICT');
    expect(await test.codeOf(owner, GRANT, { input: { achievementId: id, userId: owner.id } })).toBe('CONFLICT');
    expect((await grantsOf(test, person, person.id)).map((grant) => grant.id)).toEqual([grantId]);
  });
});

describe('grantAchievement', () => {
  it('takes an issuer, and somebody who belongs there', async () => {
    const { scope, owner: at, id: communityId } = await aCommunity(test);
    const { id } = await anAchievement(test, at, { scope });
    expect(await test.codeOf(at, GRANT, { input: { achievementId: id, userId: person.id } })).toBe('NOT_FOUND');
    await giveRole(test.world, person.id, 'portal.member', { type: 'COMMUNITY', id: communityId }, test.tenantId);
    expect((await grantTo(test, at, id, person.id)).status).toBe('ACTIVE');
    expect(await test.codeOf(person, GRANT, { input: { achievementId: id, userId: at.id } })).toBe('FORBIDDEN');
    const outsider = await test.person();
    expect(await test.codeOf(outsider, GRANT, { input: { achievementId: id, userId: at.id } })).toBe('NOT_FOUND');
    expect(await test.codeOf(at, GRANT, { input: { achievementId: id, userId: at.id, evidence: [1] } })).toBe(
      'VALIDATION_ERROR',
    );
    const issuer = await test.person('gamification.issuer');
    const { id: ofTenant } = await anAchievement(test, await test.person('gamification.designer'));
    expect((await grantTo(test, issuer, ofTenant, person.id)).status).toBe('ACTIVE');
  });

  it('tells reason and evidence to its holder and to issuers only', async () => {
    const { id } = await anAchievement(test, owner, { visibility: 'PUBLIC' });
    await grantTo(test, owner, id, person.id, { reason: 'Well done', evidence: { url: 'https://example.org/proof' } });
    const told = { reason: 'Well done', evidence: { url: 'https://example.org/proof' } };
    for (const viewer of [owner, person]) expect(await grantsOf(test, viewer, person.id)).toMatchObject([told]);
    for (const viewer of [anonymous, await test.person()])
      expect(await grantsOf(test, viewer, person.id)).toMatchObject([
        { reason: null, evidence: null, status: 'ACTIVE' },
      ]);
  });

  it('of a hidden achievement shows it to its holder, and to nobody else', async () => {
    const { id } = await anAchievement(test, owner, { hidden: true });
    expect(await test.get(person, ONE, { id })).toBeNull();
    await grantTo(test, owner, id, person.id);
    expect(await test.get(person, ONE, { id })).toMatchObject({ hidden: true, visibility: 'PRIVATE' });
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    expect(await grantsOf(test, await test.person(), person.id)).toEqual([]);
    expect(idsIn(await test.get(await test.person(), LIST))).not.toContain(id);
  });
});

describe('a grant', () => {
  it('ends by itself, for whoever reads it and for whoever waits for its event', async () => {
    const { id } = await anAchievement(test, owner, { validForDays: 1 });
    await grantTo(test, owner, id, person.id);
    test.world.clock.advance(86_400_000);
    expect(await statusesOf(test, person, id)).toEqual(['EXPIRED']);
    const active = `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User {
      grants(status: ACTIVE) { edges { node { id } } } } } }`;
    expect(await test.get(person, active, { id: person.id })).toEqual([{ grants: { edges: [] } }]);
    // Before the job has looked at it, too, it may be granted again.
    await grantTo(test, owner, id, person.id);
    expect((await statusesOf(test, person, id)).sort()).toEqual(['ACTIVE', 'EXPIRED']);
    await test.world.runJobs();
    expect((await statusesOf(test, person, id)).sort()).toEqual(['ACTIVE', 'EXPIRED']);
  });

  it('is revoked once, with a reason, and may be granted again by hand', async () => {
    const { id: achievementId } = await anAchievement(test, owner);
    const { id } = await grantTo(test, owner, achievementId, person.id);
    expect(await test.codeOf(person, REVOKE, { id, reason: 'No' })).toBe('FORBIDDEN');
    expect(await test.codeOf(owner, REVOKE, { id, reason: ' ' })).toBe('VALIDATION_ERROR');
    expect(await test.get(owner, REVOKE, { id, reason: 'A mistake' })).toEqual({
      id,
      status: 'REVOKED',
      reason: 'A mistake',
    });
    expect(await test.codeOf(owner, REVOKE, { id, reason: 'Again' })).toBe('CONFLICT');
    expect((await grantTo(test, owner, achievementId, person.id)).status).toBe('ACTIVE');
  });

  it('comes once in each period', async () => {
    const { id } = await anAchievement(test, owner, { period: 'DAY' });
    await grantTo(test, owner, id, person.id);
    expect(await test.codeOf(owner, GRANT, { input: { achievementId: id, userId: person.id } })).toBe('ALREADY_EXISTS');
    test.world.clock.advance(86_400_000);
    await grantTo(test, owner, id, person.id);
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

describe('importGrants', () => {
  it('grants to many, and says which lines it refused', async () => {
    const { id } = await anAchievement(test, owner);
    const others = [await test.person(), await test.person(null)];
    await grantTo(test, owner, id, person.id);
    const lines = [
      'userId,reason',
      `${person.id},`,
      `${others[0]?.id},"Came, saw"`,
      `${others[1]?.id},`,
      'nonsense,',
      `,why`,
    ];
    expect(await test.get(owner, IMPORT, { id, csv: lines.join('\r\n') })).toEqual({
      created: 1,
      unchanged: 1,
      refused: [
        { line: 4, reason: 'this person does not belong here' },
        { line: 5, reason: 'this person does not belong here' },
        { line: 6, reason: 'names nobody' },
      ],
    });
    expect(await grantsOf(test, others[0] as Person, others[0]?.id as string)).toMatchObject([{ reason: 'Came, saw' }]);
  });

  it('refuses what is no such table', async () => {
    const { id } = await anAchievement(test, owner);
    const many = ['userId', ...Array.from({ length: 501 }, () => uuidv7())].join('\n');
    for (const csv of ['', 'userId', 'name\nAnn', 'userId\n"open', many])
      expect([csv.slice(0, 20), await test.codeOf(owner, IMPORT, { id, csv })]).toEqual([
        csv.slice(0, 20),
        'VALIDATION_ERROR',
      ]);
    expect(await test.codeOf(person, IMPORT, { id, csv: 'userId\nx' })).toBe('FORBIDDEN');
  });
});
