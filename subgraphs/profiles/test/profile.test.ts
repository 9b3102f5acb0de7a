import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aField, CREATE_FIELD, FOLLOW, PRIVACY, seenOf, startProfiles, UPDATE } from './factories.ts';

const ALL = `bio pronouns location links { label url } interests locale timeZone status { text until }
  customFields { field { id } value } privacy { bio follows approvesFollowers } completeness { percent missing }`;

interface Seen {
  profile: Record<string, unknown> | null;
}

const FULL = {
  bio: 'I build things.\n\nSlowly.',
  pronouns: 'they/them',
  location: 'Wien ☕',
  links: [{ label: 'Home', url: 'https://example.org/me' }, { url: 'http://example.org' }],
  interests: ['Boats', 'Radio', 'Boats'],
  locale: 'de-at',
  timeZone: 'Europe/Vienna',
};

let test: TestSubgraph;
let alice: Person;
beforeAll(async () => {
  test = await startProfiles();
  alice = await test.person();
});
afterAll(() => test?.world.close());

const profileOf = async (viewer: Parameters<TestSubgraph['ask']>[0], person: { id: string }, fields = ALL) =>
  (await seenOf<Seen>(test, viewer, person, `profile { ${fields} }`)).profile;
const update = (person: Person, input: object) => test.get(person, UPDATE, { input });

describe('updateProfile', () => {
  it('keeps each part as it was said, in its usual form', async () => {
    await update(alice, FULL);
    expect(await profileOf(alice, alice)).toEqual({
      ...FULL,
      links: [FULL.links[0], { label: null, url: 'http://example.org' }],
      interests: ['Boats', 'Radio'],
      locale: 'de-AT',
      status: null,
      customFields: [],
      privacy: { bio: 'MEMBERS', follows: 'MEMBERS', approvesFollowers: false },
      completeness: { percent: 100, missing: [] },
    });
  });

  it('leaves what is absent, and takes away what is null', async () => {
    const person = await test.person();
    await update(person, FULL);
    await update(person, { bio: null, links: null, timeZone: ' ' });
    expect(await profileOf(person, person, 'bio links { url } pronouns completeness { percent missing }')).toEqual({
      bio: null,
      links: [],
      pronouns: 'they/them',
      completeness: { percent: 57, missing: ['BIO', 'LINKS', 'TIME_ZONE'] },
    });
  });

  it.each([
    ['bio', 'x'.repeat(2_001)],
    ['bio', 'a\u0000b'],
    ['pronouns', 'x'.repeat(61)],
    ['pronouns', 'one\ntwo'],
    ['location', 'x'.repeat(101)],
    ['links', [{ url: 'javascript:alert(1)' }]],
    ['links', [{ url: 'https://me:secret@example.org' }]],
    ['links', [{ url: 'nonsense' }]],
    ['links', [{ url: `https://example.org/${'x'.repeat(500)}` }]],
    ['links', Array.from({ length: 11 }, () => ({ url: 'https://example.org' }))],
    ['interests', ['x'.repeat(41)]],
    ['interests', [' ']],
    ['interests', Array.from({ length: 21 }, (_, n) => `Interest ${n}`)],
    ['locale', 'not a language'],
    ['locale', 'x'.repeat(100_000)],
    ['timeZone', 'Mars/Olympus'],
    ['timeZone', '+02:00'],
    ['status', { text: ' ' }],
    ['status', { text: 'Away', until: '2001-01-01T00:00:00Z' }],
  ])('refuses %s as %j', async (part, value) => {
    const reply = await test.ask(alice, UPDATE, { input: { [part]: value } });
    const { code, details } = reply.errors?.[0]?.extensions ?? {};
    expect(code).toBe('VALIDATION_ERROR');
    const [field] = Object.keys((details as { fields: Record<string, string> }).fields);
    expect(field?.split('.')[0]).toBe(part);
  });

  it('is NOT_FOUND for a field that the tenant does not have', async () => {
    for (const fieldId of [uuidv7(), 'nothing'])
      expect(await test.codeOf(alice, UPDATE, { input: { customFields: [{ fieldId, value: 'x' }] } })).toBe(
        'NOT_FOUND',
      );
  });

  it('is FORBIDDEN for who does not belong to the tenant', async () => {
    expect(await test.codeOf(await test.person(null), UPDATE, { input: { bio: 'Hello' } })).toBe('FORBIDDEN');
  });

  it('has a status that goes when its time is over', async () => {
    const person = await test.person();
    const until = new Date(test.world.clock.nowMs() + 60_000);
    await update(person, { status: { text: 'At lunch', until } });
    expect(await profileOf(person, person, 'status { text until }')).toEqual({
      status: { text: 'At lunch', until: until.toISOString() },
    });
    test.world.clock.advance(60_000);
    expect(await profileOf(person, person, 'status { text }')).toEqual({ status: null });
  });
});

describe('who reads a part', () => {
  const PARTS = 'bio pronouns location links { url } interests';
  const NOTHING = { bio: null, pronouns: null, location: null, links: [], interests: [] };
  const SAID = { ...FULL, links: FULL.links.map(({ url }) => ({ url })), interests: ['Boats', 'Radio'] };

  it.each([
    ['EVERYONE', ['anonymous', 'stranger', 'member', 'follower', 'self']],
    ['MEMBERS', ['member', 'follower', 'self']],
    ['FOLLOWERS', ['follower', 'self']],
    ['NOBODY', ['self']],
  ])('is the audience %s that the person chose, in the field and in the preview alike', async (audience, readers) => {
    const [person, follower] = [await test.person(), await test.person()];
    await update(person, FULL);
    await test.get(follower, FOLLOW, { id: person.id });
    const chosen = ['bio', 'pronouns', 'location', 'links', 'interests'].map((part) => [part, audience]);
    await test.get(person, PRIVACY, { input: Object.fromEntries(chosen) });
    const viewers = {
      anonymous,
      stranger: await test.person(null),
      member: await test.person(),
      follower,
      self: person,
    };
    const { bio, pronouns, location, links, interests } = SAID;
    for (const [who, viewer] of Object.entries(viewers)) {
      const expected = readers.includes(who) ? { bio, pronouns, location, links, interests } : NOTHING;
      expect([who, await profileOf(viewer, person, PARTS)]).toEqual([who, expected]);
      const as = {
        anonymous: 'EVERYONE',
        stranger: 'EVERYONE',
        member: 'MEMBERS',
        follower: 'FOLLOWERS',
        self: 'NOBODY',
      };
      const PREVIEW = `query ($as: Audience) { profilePreview(as: $as) { ${PARTS} } }`;
      expect([who, await test.get(person, PREVIEW, { as: as[who as keyof typeof as] })]).toEqual([who, expected]);
    }
  });

  it('keeps language, time zone, privacy and completeness to the person', async () => {
    expect(
      await profileOf(await test.person(), alice, 'locale timeZone privacy { bio } completeness { percent }'),
    ).toEqual({ locale: null, timeZone: null, privacy: null, completeness: null });
  });

  it('costs two statements for any number of people', async () => {
    const viewer = await test.person();
    const people = await Promise.all(Array.from({ length: 20 }, () => test.person()));
    for (const person of people) await update(person, FULL);
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { profile { ${PARTS} } } } }`;
    const r = people.map(({ id }) => ({ __typename: 'User', id }));
    expect(await test.statementsOf(viewer, query, { r })).toHaveLength(2);
  });
});

describe("a field of the tenant's own", () => {
  let owner: Person;
  beforeAll(async () => {
    owner = await test.person('tenant.owner');
  });
  const CUSTOM = 'customFields { field { id } value }';

  it.each([
    ['TEXT', {}, ' North ', 'North', 'x'.repeat(201)],
    ['CHOICE', { choices: ['North', 'South'] }, 'South', 'South', 'West'],
    ['DATE', {}, '2024-02-29', '2024-02-29', '2023-02-29'],
    ['LINK', {}, 'https://example.org', 'https://example.org', 'ftp://example.org'],
  ])('takes what a %s takes, and nothing else', async (type, more, good, kept, bad) => {
    const person = await test.person();
    const { id } = await aField(test, owner, { type, ...more });
    await update(person, { customFields: [{ fieldId: id, value: good }] });
    expect(await profileOf(person, person, CUSTOM)).toEqual({ customFields: [{ field: { id }, value: kept }] });
    expect(await test.codeOf(person, UPDATE, { input: { customFields: [{ fieldId: id, value: bad }] } })).toBe(
      'VALIDATION_ERROR',
    );
    await update(person, { customFields: [{ fieldId: id, value: null }] });
    expect(await profileOf(person, person, CUSTOM)).toEqual({ customFields: [] });
  });

  it('is read by its audience; one for nobody by the person and those who look after fields', async () => {
    const person = await test.person();
    const [open, kept] = [
      await aField(test, owner, { audience: 'EVERYONE' }),
      await aField(test, owner, { audience: 'NOBODY' }),
    ];
    await update(person, { customFields: [open, kept].map(({ id }) => ({ fieldId: id, value: 'x' })) });
    const seen = async (viewer: Parameters<TestSubgraph['ask']>[0]) =>
      ((await profileOf(viewer, person, CUSTOM)) as { customFields: { field: { id: string } }[] }).customFields.map(
        ({ field }) => field.id,
      );
    expect(await seen(anonymous)).toEqual([open.id]);
    expect(await seen(await test.person())).toEqual([open.id]);
    expect(await seen(person)).toEqual([open.id, kept.id]);
    expect(await seen(owner)).toEqual([open.id, kept.id]);
  });

  it('goes with what was filled in, and is answered as it was', async () => {
    const person = await test.person();
    const { id } = await aField(test, owner, { label: 'Gone soon' });
    await update(person, { customFields: [{ fieldId: id, value: 'x' }] });
    const DELETE = 'mutation ($id: ID!) { deleteProfileField(id: $id) { id label } }';
    expect(await test.codeOf(person, DELETE, { id })).toBe('FORBIDDEN');
    expect(await test.get(owner, DELETE, { id })).toEqual({ id, label: 'Gone soon' });
    expect(await profileOf(person, person, CUSTOM)).toEqual({ customFields: [] });
  });

  it('changes, and what does not fit any more is not shown', async () => {
    const person = await test.person();
    const { id } = await aField(test, owner, { type: 'CHOICE', choices: ['North', 'South'] });
    await update(person, { customFields: [{ fieldId: id, value: 'South' }] });
    const EDIT =
      'mutation ($id: ID!, $input: UpdateProfileFieldInput!) { updateProfileField(id: $id, input: $input) { label choices } }';
    const input = { label: 'Side', choices: ['North', 'West'] };
    expect(await test.get(owner, EDIT, { id, input })).toEqual(input);
    expect(await profileOf(person, person, CUSTOM)).toEqual({ customFields: [] });
    expect(await test.codeOf(owner, EDIT, { id, input: { choices: ['One'] } })).toBe('VALIDATION_ERROR');
  });

  it('is refused with bad input, to those who may not, and beyond fifty', async () => {
    const there = await test.tenant();
    const other = await test.person('tenant.owner', there);
    const create = (viewer: Person, input: object) =>
      test.codeOf(viewer, CREATE_FIELD, { input: { label: 'Field', type: 'TEXT', ...input } }, { tenantId: there });
    for (const input of [
      { label: ' ' },
      { label: 'x'.repeat(61) },
      { label: 'a\u202eb' },
      { type: 'CHOICE' },
      { type: 'CHOICE', choices: ['One', 'One'] },
      { choices: ['One', 'Two'] },
      { position: -1 },
    ])
      expect([input, await create(other, input)]).toEqual([input, 'VALIDATION_ERROR']);
    expect(await create(await test.person('tenant.member', there), {})).toBe('FORBIDDEN');
    const codes = await Promise.all(Array.from({ length: 60 }, () => create(other, {})));
    expect(codes.filter((code) => code === null)).toHaveLength(50);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(10);
  });
});
