import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { ADD_TO_TEAM, aCommunity, aMember, aPost, aSlug, aTeam, aTeamMember, CREATE_TEAM, POST } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const UPDATE =
  'mutation ($id: ID!, $input: UpdateTeamInput!) { updateTeam(id: $id, input: $input) { slug name description } }';
const DELETE =
  'mutation ($id: ID!) { deleteTeam(id: $id) { id name community { id name } memberCount members { edges { cursor } } posts { edges { cursor } } viewerMembership { id } } }';
const TAKE_OUT =
  'mutation ($teamId: ID!, $userId: ID!) { removeFromTeam(teamId: $teamId, userId: $userId) { id user { id } team { id memberCount } } }';
const TEAM =
  'query ($id: ID!) { team(id: $id) { id memberCount members { edges { node { user { id } } } } viewerMembership { user { id } } } }';

const owned = async (input: object = {}) => {
  const owner = await portal.person();
  const community = await aCommunity(portal, owner, input);
  return { owner, community, team: await aTeam(portal, community, owner) };
};

describe('createTeam', () => {
  it('makes a team that its community lists and its owner runs', async () => {
    const { owner, community } = await owned();
    const input = { communityId: community.id, slug: aSlug(), name: 'Core', description: 'Runs it' };
    const team = await portal.get<{ id: string }>(owner, CREATE_TEAM, { input });
    expect(team).toEqual({ id: team.id, slug: input.slug, name: 'Core', description: 'Runs it', community });
    expect(await portal.codeOf(owner, UPDATE, { id: team.id, input: { name: 'Other' } })).toBeNull();
    const listed = 'query ($id: ID!) { community(id: $id) { teams { edges { node { id } } } } }';
    const { teams } = await portal.get<{ teams: { edges: { node: object }[] } }>(anonymous, listed, {
      id: community.id,
    });
    expect(teams.edges.map(({ node }) => node)).toContainEqual({ id: team.id });
  });

  it('refuses invalid input and a slug that is taken in the community, and takes it in another', async () => {
    const { owner, community } = await owned();
    const input = { communityId: community.id, slug: aSlug(), name: 'Core' };
    await portal.get(owner, CREATE_TEAM, { input });
    expect(await portal.codeOf(owner, CREATE_TEAM, { input })).toBe('ALREADY_EXISTS');
    expect(await portal.codeOf(owner, CREATE_TEAM, { input: { ...input, slug: 'No' } })).toBe('VALIDATION_ERROR');
    const other = await aCommunity(portal, owner);
    expect(await portal.codeOf(owner, CREATE_TEAM, { input: { ...input, communityId: other.id } })).toBeNull();
  });

  it('is UNAUTHENTICATED, FORBIDDEN or NOT_FOUND for whoever may not', async () => {
    const { owner, community } = await owned({ visibility: 'COMMUNITY' });
    const member = await aMember(portal, community, owner);
    const input = { communityId: community.id, slug: aSlug(), name: 'Core' };
    expect(await portal.codeOf(anonymous, CREATE_TEAM, { input })).toBe('UNAUTHENTICATED');
    expect(await portal.codeOf(member, CREATE_TEAM, { input })).toBe('FORBIDDEN');
    expect(await portal.codeOf(await portal.person(), CREATE_TEAM, { input })).toBe('NOT_FOUND');
    expect(await portal.codeOf(owner, CREATE_TEAM, { input: { ...input, communityId: uuidv7() } })).toBe('NOT_FOUND');
  });

  it('makes one team of twenty creates of one slug at once', async () => {
    const { owner, community } = await owned();
    const input = { communityId: community.id, slug: aSlug(), name: 'Core' };
    const codes = await Promise.all(Array.from({ length: 20 }, () => portal.codeOf(owner, CREATE_TEAM, { input })));
    expect(codes.filter((each) => each === null)).toHaveLength(1);
    expect(codes.filter((each) => each === 'ALREADY_EXISTS')).toHaveLength(19);
  });
});

describe('updateTeam', () => {
  it('changes what is given; refuses a taken slug, invalid input, members and strangers', async () => {
    const { owner, community, team } = await owned({ visibility: 'COMMUNITY' });
    const other = await portal.get<{ slug: string }>(owner, CREATE_TEAM, {
      input: { communityId: community.id, slug: aSlug(), name: 'Other' },
    });
    const member = await aMember(portal, community, owner);
    const update = (viewer: Viewer, input: object, id = team.id) => portal.codeOf(viewer, UPDATE, { id, input });
    expect(await portal.get(owner, UPDATE, { id: team.id, input: { description: 'New' } })).toMatchObject({
      name: 'A team',
      description: 'New',
    });
    expect(await update(owner, { slug: other.slug })).toBe('ALREADY_EXISTS');
    expect(await update(owner, { name: '' })).toBe('VALIDATION_ERROR');
    expect(await update(member, { name: 'Mine' })).toBe('FORBIDDEN');
    expect(await update(await portal.person(), { name: 'Mine' })).toBe('NOT_FOUND');
    expect(await update(owner, { name: 'Mine' }, uuidv7())).toBe('NOT_FOUND');
  });
});

describe('deleteTeam', () => {
  it('takes its posts, members and their access with it', async () => {
    const { owner, community, team } = await owned();
    const member = await aTeamMember(portal, community, team, owner);
    const post = await aPost(portal, member, { type: 'TEAM', id: team.id });
    expect(await portal.get(owner, DELETE, { id: team.id })).toEqual({
      id: team.id,
      name: 'A team',
      community: { id: community.id, name: 'A community' },
      memberCount: 0,
      members: { edges: [] },
      posts: { edges: [] },
      viewerMembership: null,
    });
    expect(await portal.get(owner, TEAM, { id: team.id })).toBeNull();
    expect(await portal.get(member, POST, { id: post.id })).toBeNull();
    expect(await portal.codeOf(owner, DELETE, { id: team.id })).toBe('NOT_FOUND');
  });

  it('is FORBIDDEN for members of the team and NOT_FOUND for strangers', async () => {
    const { owner, community, team } = await owned({ visibility: 'COMMUNITY' });
    const member = await aTeamMember(portal, community, team, owner);
    expect(await portal.codeOf(member, DELETE, { id: team.id })).toBe('FORBIDDEN');
    expect(await portal.codeOf(await portal.person(), DELETE, { id: team.id })).toBe('NOT_FOUND');
  });
});

describe('addToTeam', () => {
  it('opens what the team keeps to itself to a member of the community', async () => {
    const { owner, community, team } = await owned();
    const bob = await aMember(portal, community, owner);
    const post = await aPost(portal, owner, { type: 'TEAM', id: team.id });
    expect(await portal.get(bob, POST, { id: post.id })).toBeNull();
    expect(await portal.get(owner, ADD_TO_TEAM, { teamId: team.id, userId: bob.id })).toMatchObject({
      user: { id: bob.id },
      team: { id: team.id },
    });
    expect(await portal.get(bob, POST, { id: post.id })).toEqual({ id: post.id });
    expect(await portal.get(bob, TEAM, { id: team.id })).toMatchObject({
      memberCount: 1,
      members: { edges: [{ node: { user: { id: bob.id } } }] },
      viewerMembership: { user: { id: bob.id } },
    });
    expect(await portal.codeOf(owner, ADD_TO_TEAM, { teamId: team.id, userId: bob.id })).toBe('ALREADY_EXISTS');
  });

  it('takes only members of the community, from those who run the team', async () => {
    const { owner, community, team } = await owned({ visibility: 'COMMUNITY' });
    const [member, stranger] = [await aMember(portal, community, owner), await portal.person()];
    expect(await portal.codeOf(owner, ADD_TO_TEAM, { teamId: team.id, userId: stranger.id })).toBe('CONFLICT');
    expect(await portal.codeOf(owner, ADD_TO_TEAM, { teamId: team.id, userId: 'x' })).toBe('CONFLICT');
    expect(await portal.codeOf(member, ADD_TO_TEAM, { teamId: team.id, userId: member.id })).toBe('FORBIDDEN');
    expect(await portal.codeOf(stranger, ADD_TO_TEAM, { teamId: team.id, userId: stranger.id })).toBe('NOT_FOUND');
  });

  it('adds once of twenty at once', async () => {
    const { owner, community, team } = await owned();
    const bob = await aMember(portal, community, owner);
    const input = { teamId: team.id, userId: bob.id };
    const codes = await Promise.all(Array.from({ length: 20 }, () => portal.codeOf(owner, ADD_TO_TEAM, input)));
    expect(codes.filter((each) => each === null)).toHaveLength(1);
    expect(codes.filter((each) => each === 'ALREADY_EXISTS')).toHaveLength(19);
  });
});

describe('removeFromTeam', () => {
  it('ends access before it answers, and lets people go by themselves', async () => {
    const { owner, community, team } = await owned();
    const [bob, eve] = [
      await aTeamMember(portal, community, team, owner),
      await aTeamMember(portal, community, team, owner),
    ];
    const post = await aPost(portal, owner, { type: 'TEAM', id: team.id });
    expect(await portal.codeOf(bob, TAKE_OUT, { teamId: team.id, userId: eve.id })).toBe('FORBIDDEN');
    expect(await portal.get(owner, TAKE_OUT, { teamId: team.id, userId: bob.id })).toEqual({
      id: expect.any(String),
      user: { id: bob.id },
      team: { id: team.id, memberCount: 1 },
    });
    expect(await portal.get(eve, TAKE_OUT, { teamId: team.id, userId: eve.id })).toMatchObject({
      user: { id: eve.id },
      team: { memberCount: 0 },
    });
    for (const viewer of [bob, eve]) expect(await portal.get(viewer, POST, { id: post.id })).toBeNull();
    expect(await portal.codeOf(owner, TAKE_OUT, { teamId: team.id, userId: bob.id })).toBe('NOT_FOUND');
    expect(await portal.codeOf(owner, TAKE_OUT, { teamId: team.id, userId: 'x' })).toBe('NOT_FOUND');
  });
});
