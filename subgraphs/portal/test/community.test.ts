import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import { codeOf } from '@polity/kernel/testing/dialect';
import {
  aCommunity,
  aMember,
  aSlug,
  COMMUNITY,
  CREATE_COMMUNITY,
  CREATE_POST,
  CREATE_TEAM,
  INVITE,
  idOf,
  JOIN,
} from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const FULL = `id slug name description joinPolicy visibility archivedAt memberCount tenant { id }
  viewerMembership { status roleKey user { id } }`;
const CREATE = `mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { ${FULL} } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateCommunityInput!) { updateCommunity(id: $id, input: $input) { ${FULL} } }`;
const ARCHIVE = 'mutation ($id: ID!) { archiveCommunity(id: $id) { id archivedAt } }';
const fields = (reply: { errors?: readonly { extensions?: object }[] }) => reply.errors?.[0]?.extensions;

describe('createCommunity', () => {
  it('makes the viewer its first member and owner, with effect in the same operation', async () => {
    const alice = await portal.person();
    expect(await portal.get(alice, CREATE, { input: { slug: 'first', name: ' First ' } })).toMatchObject({
      slug: 'first',
      name: 'First',
      description: null,
      joinPolicy: 'OPEN',
      visibility: 'PUBLIC',
      archivedAt: null,
      memberCount: 1,
      tenant: { id: portal.tenantId },
      viewerMembership: { status: 'ACTIVE', roleKey: 'portal.owner', user: { id: alice.id } },
    });
  });

  it('lets the owner act at once, also in the next field of the same operation', async () => {
    const alice = await portal.person();
    const { id } = await aCommunity(portal, alice);
    expect(await portal.codeOf(alice, UPDATE, { id, input: { name: 'Renamed' } })).toBeNull();
  });

  it.each([
    ['slug', { slug: 'Upper' }],
    ['slug', { slug: 'a' }],
    ['slug', { slug: '-edge' }],
    ['slug', { slug: 'two--hyphens' }],
    ['slug', { slug: 'x'.repeat(64) }],
    ['name', { name: '  ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'two\nlines' }],
    ['description', { description: 'x'.repeat(2_001) }],
    ['description', { description: 'nul \u0000' }],
    ['visibility', { visibility: 'TEAM' }],
  ])('names %s as the field in breach (case %#)', async (field, input) => {
    const alice = await portal.person();
    const reply = await portal.ask(alice, CREATE_COMMUNITY, { input: { slug: aSlug(), name: 'Fine', ...input } });
    expect(fields(reply)).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: { [field]: expect.any(String) } },
    });
  });

  it('is closed to anonymous viewers and to those who do not belong to the tenant', async () => {
    const input = { slug: aSlug(), name: 'Mine' };
    expect(await portal.codeOf(anonymous, CREATE_COMMUNITY, { input })).toBe('UNAUTHENTICATED');
    expect(await portal.codeOf(await portal.person(null), CREATE_COMMUNITY, { input })).toBe('FORBIDDEN');
  });

  it('answers ALREADY_EXISTS for a taken slug and goes on with the next mutation of the operation', async () => {
    const alice = await portal.person();
    const slug = aSlug();
    await aCommunity(portal, alice, { slug });
    const reply = await portal.ask(
      alice,
      `mutation ($slug: String!, $other: String!) {
        taken: createCommunity(input: { slug: $slug, name: "A" }) { id }
        free: createCommunity(input: { slug: $other, name: "B" }) { slug } }`,
      { slug, other: `${slug}-2` },
    );
    expect(codeOf(reply)).toBe('ALREADY_EXISTS');
    expect(reply.data).toEqual({ taken: null, free: { slug: `${slug}-2` } });
  });

  it('lets another tenant use the same slug', async () => {
    const slug = aSlug();
    await aCommunity(portal, await portal.person(), { slug });
    const there = await portal.tenant();
    const stranger = await portal.person('tenant.member', there);
    const reply = await portal.world.ask(
      'portal',
      stranger,
      CREATE_COMMUNITY,
      { input: { slug, name: 'There' } },
      { tenantId: there },
    );
    expect(reply.errors).toBeUndefined();
  });

  it('lets one person found a hundred in an hour, and no more, also at once', async () => {
    const alice = await portal.person();
    const found = () => portal.codeOf(alice, CREATE_COMMUNITY, { input: { slug: aSlug(), name: 'Many' } });
    for (let n = 0; n < 90; n += 10)
      expect(await Promise.all(Array.from({ length: 10 }, found))).toEqual(Array(10).fill(null));
    const codes = await Promise.all(Array.from({ length: 30 }, found));
    expect(codes.filter((code) => code === null)).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
    portal.world.clock.advance(3_601_000);
    expect(await found()).toBeNull();
  });

  it('makes one community of twenty creates of one slug at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => portal.person()));
    const input = { slug: aSlug(), name: 'Race' };
    const codes = await Promise.all(people.map((viewer) => portal.codeOf(viewer, CREATE_COMMUNITY, { input })));
    expect(codes.filter((each) => each === null)).toHaveLength(1);
    expect(codes.filter((each) => each === 'ALREADY_EXISTS')).toHaveLength(19);
  });
});

describe('updateCommunity', () => {
  it('changes what is given and leaves the rest', async () => {
    const alice = await portal.person();
    const { id } = await aCommunity(portal, alice, { description: 'Old', joinPolicy: 'REQUEST' });
    const changed = await portal.get(alice, UPDATE, {
      id,
      input: { name: 'New', description: null, visibility: 'PRIVATE' },
    });
    expect(changed).toMatchObject({ name: 'New', description: null, visibility: 'PRIVATE', joinPolicy: 'REQUEST' });
    expect(await portal.get(alice, UPDATE, { id, input: { name: null } })).toMatchObject({ name: 'New' });
  });

  it('refuses invalid input, a taken slug and an archived community', async () => {
    const alice = await portal.person();
    const { id } = await aCommunity(portal, alice);
    const slug = aSlug();
    await aCommunity(portal, alice, { slug });
    expect(await portal.codeOf(alice, UPDATE, { id, input: { visibility: 'TEAM' } })).toBe('VALIDATION_ERROR');
    expect(await portal.codeOf(alice, UPDATE, { id, input: { slug } })).toBe('ALREADY_EXISTS');
    await portal.get(alice, ARCHIVE, { id });
    expect(await portal.codeOf(alice, UPDATE, { id, input: { name: 'Late' } })).toBe('CONFLICT');
  });

  it('is FORBIDDEN for a member, and answers a stranger as if the hidden community did not exist', async () => {
    const alice = await portal.person();
    const community = await aCommunity(portal, alice, { visibility: 'PRIVATE' });
    const member = await aMember(portal, community, alice);
    const ask = (id: string, viewer = member) => portal.ask(viewer, UPDATE, { id, input: { name: 'Mine' } });
    expect(codeOf(await ask(community.id))).toBe('FORBIDDEN');
    const stranger = await portal.person();
    const hidden = await ask(community.id, stranger);
    const missing = await ask(uuidv7(), stranger);
    expect(codeOf(hidden)).toBe('NOT_FOUND');
    expect(hidden.errors?.[0]?.message).toBe(missing.errors?.[0]?.message);
    expect(codeOf(await ask('not-an-id', stranger))).toBe('NOT_FOUND');
  });
});

describe('archiveCommunity', () => {
  it('keeps what there is and takes nothing new', async () => {
    const alice = await portal.person();
    const community = await aCommunity(portal, alice);
    const { id } = community;
    const { archivedAt } = await portal.get<{ archivedAt: string }>(alice, ARCHIVE, { id });
    expect(await portal.get(alice, ARCHIVE, { id })).toEqual({ id, archivedAt });
    expect(await portal.get(anonymous, COMMUNITY, { id })).toEqual({ id });
    const bob = await portal.person();
    expect(await portal.codeOf(bob, JOIN, { id })).toBe('CONFLICT');
    expect(await portal.codeOf(alice, INVITE, { communityId: id, userId: idOf(bob) })).toBe('CONFLICT');
    expect(await portal.codeOf(alice, CREATE_TEAM, { input: { communityId: id, slug: 'late', name: 'Late' } })).toBe(
      'CONFLICT',
    );
    const post = { scope: { type: 'COMMUNITY', id }, title: 'Late', body: 'Late' };
    expect(await portal.codeOf(alice, CREATE_POST, { input: post })).toBe('CONFLICT');
  });

  it('is FORBIDDEN for a member and NOT_FOUND for a stranger to a hidden community', async () => {
    const alice = await portal.person();
    const community = await aCommunity(portal, alice, { visibility: 'COMMUNITY' });
    const member = await aMember(portal, community, alice);
    expect(await portal.codeOf(member, ARCHIVE, { id: community.id })).toBe('FORBIDDEN');
    expect(await portal.codeOf(await portal.person(), ARCHIVE, { id: community.id })).toBe('NOT_FOUND');
  });

  it('is open to the owner of the tenant', async () => {
    const { id } = await aCommunity(portal, await portal.person(), { visibility: 'PRIVATE' });
    expect(await portal.codeOf(await portal.person('tenant.owner'), ARCHIVE, { id })).toBeNull();
  });
});
