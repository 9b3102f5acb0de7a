import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { codeOf } from '@polity/kernel/testing/dialect';
import {
  ADD_TO_TEAM,
  aCommunity,
  aMember,
  aPost,
  aTeam,
  aTeamMember,
  INVITE,
  idOf,
  JOIN,
  LEAVE,
  type Node,
  POST,
} from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const APPROVE =
  'mutation ($communityId: ID!, $userId: ID!) { approveMembership(communityId: $communityId, userId: $userId) { status joinedAt } }';
const REMOVE =
  'mutation ($communityId: ID!, $userId: ID!, $ban: Boolean) { removeFromCommunity(communityId: $communityId, userId: $userId, ban: $ban) { status user { id } community { id memberCount } } }';
const SET_ROLE =
  'mutation ($communityId: ID!, $userId: ID!, $roleKey: String!) { setCommunityRole(communityId: $communityId, userId: $userId, roleKey: $roleKey) { roleKey } }';
const OWN = 'query ($id: ID!) { community(id: $id) { memberCount viewerMembership { status roleKey } } }';
const MEMBERS =
  'query ($id: ID!, $status: MembershipStatus) { community(id: $id) { members(status: $status) { edges { node { status user { id } } } } } }';
const UPDATE = 'mutation ($id: ID!) { updateCommunity(id: $id, input: { name: "New" }) { id } }';

const about = ({ id: communityId }: Node, viewer: Viewer, more: object = {}) => ({
  communityId,
  userId: viewer.id,
  ...more,
});
const owned = async (input: object = {}) => {
  const owner = await portal.person();
  return { owner, community: await aCommunity(portal, owner, input) };
};

describe('joinCommunity', () => {
  it('makes a member at once where the community is open', async () => {
    const { community, owner } = await owned();
    const bob = await portal.person();
    const post = await aPost(portal, owner, { type: 'COMMUNITY', id: community.id }, { visibility: 'COMMUNITY' });
    expect(await portal.get(bob, POST, { id: post.id })).toBeNull();
    expect(await portal.get(bob, JOIN, { id: community.id })).toMatchObject({
      status: 'ACTIVE',
      roleKey: 'portal.member',
      joinedAt: expect.any(String),
      user: { id: bob.id },
      community: { id: community.id },
    });
    expect(await portal.get(bob, POST, { id: post.id })).toEqual({ id: post.id });
    expect(await portal.get(bob, OWN, { id: community.id })).toMatchObject({ memberCount: 2 });
  });

  it('waits for approval where members are approved, and grants nothing meanwhile', async () => {
    const { community, owner } = await owned({ joinPolicy: 'REQUEST' });
    const bob = await portal.person();
    const post = await aPost(portal, owner, { type: 'COMMUNITY', id: community.id });
    expect(await portal.get(bob, JOIN, { id: community.id })).toMatchObject({ status: 'PENDING', joinedAt: null });
    expect(await portal.get(bob, OWN, { id: community.id })).toEqual({
      memberCount: 1,
      viewerMembership: { status: 'PENDING', roleKey: 'portal.member' },
    });
    expect(await portal.get(bob, POST, { id: post.id })).toBeNull();
    expect(await portal.codeOf(bob, JOIN, { id: community.id })).toBe('ALREADY_EXISTS');
  });

  it('takes an invitation where one is needed', async () => {
    const { community, owner } = await owned({ joinPolicy: 'INVITE' });
    const bob = await portal.person();
    expect(await portal.codeOf(bob, JOIN, { id: community.id })).toBe('FORBIDDEN');
    await portal.get(owner, INVITE, about(community, bob));
    expect(await portal.get(bob, JOIN, { id: community.id })).toMatchObject({ status: 'ACTIVE' });
  });

  it('is closed to anonymous viewers, to people outside the tenant and for communities that are hidden or missing', async () => {
    const { community } = await owned();
    const hidden = await aCommunity(portal, await portal.person(), { visibility: 'COMMUNITY' });
    expect(await portal.codeOf(anonymous, JOIN, { id: community.id })).toBe('UNAUTHENTICATED');
    expect(await portal.codeOf(await portal.person(null), JOIN, { id: community.id })).toBe('FORBIDDEN');
    for (const id of [hidden.id, uuidv7(), 'x'])
      expect(await portal.codeOf(await portal.person(), JOIN, { id })).toBe('NOT_FOUND');
  });

  it('makes one membership of twenty joins at once', async () => {
    const { community } = await owned();
    const bob = await portal.person();
    const codes = await Promise.all(Array.from({ length: 20 }, () => portal.codeOf(bob, JOIN, { id: community.id })));
    expect(codes.filter((each) => each === null)).toHaveLength(1);
    expect(codes.filter((each) => each === 'ALREADY_EXISTS')).toHaveLength(19);
    expect(await portal.get(bob, OWN, { id: community.id })).toMatchObject({ memberCount: 2 });
  });
});

describe('leaveCommunity', () => {
  it('ends membership, teams and access before it answers', async () => {
    const { community, owner } = await owned({ visibility: 'COMMUNITY' });
    const team = await aTeam(portal, community, owner);
    const bob = await aTeamMember(portal, community, team, owner);
    const post = await aPost(portal, owner, { type: 'TEAM', id: team.id });
    expect(await portal.get(bob, POST, { id: post.id })).toEqual({ id: post.id });
    expect(await portal.get(bob, LEAVE, { id: community.id })).toEqual({
      id: expect.any(String),
      status: 'ACTIVE',
      roleKey: 'portal.member',
      user: { id: bob.id },
      // It is hidden from those who are no members.
      community: null,
    });
    expect(await portal.get(bob, POST, { id: post.id })).toBeNull();
    expect(await portal.get(bob, OWN, { id: community.id })).toBeNull();
    expect(await portal.get(owner, 'query ($id: ID!) { team(id: $id) { memberCount } }', { id: team.id })).toEqual({
      memberCount: 0,
    });
    expect(await portal.codeOf(bob, LEAVE, { id: community.id })).toBe('NOT_FOUND');
  });

  it('declines an invitation and withdraws a request', async () => {
    const { community, owner } = await owned({ joinPolicy: 'REQUEST' });
    const [bob, eve] = [await portal.person(), await portal.person()];
    await portal.get(owner, INVITE, about(community, bob));
    await portal.get(eve, JOIN, { id: community.id });
    for (const [viewer, status] of [
      [bob, 'INVITED'],
      [eve, 'PENDING'],
    ] as const) {
      expect(await portal.get(viewer, LEAVE, { id: community.id })).toMatchObject({
        status,
        community: { id: community.id, memberCount: 1 },
      });
      expect(await portal.get(viewer, OWN, { id: community.id })).toMatchObject({ viewerMembership: null });
    }
  });

  it('keeps the last owner, also when the last two go at the same time', async () => {
    const { community, owner } = await owned();
    expect(await portal.codeOf(owner, LEAVE, { id: community.id })).toBe('LAST_OWNER');
    const second = await aMember(portal, community, owner);
    await portal.get(owner, SET_ROLE, about(community, second, { roleKey: 'portal.owner' }));
    const codes = await Promise.all(
      [owner, second].map((viewer) => portal.codeOf(viewer, LEAVE, { id: community.id })),
    );
    expect(codes.filter((each) => each !== null)).toEqual(['LAST_OWNER']);
    const owners = await Promise.all(
      [owner, second].map((viewer) => portal.codeOf(viewer, UPDATE, { id: community.id })),
    );
    expect(owners.filter((each) => each === null)).toHaveLength(1);
  });

  it('lets someone come back who left', async () => {
    const { community } = await owned();
    const bob = await portal.person();
    for (const operation of [JOIN, LEAVE, JOIN]) await portal.get(bob, operation, { id: community.id });
    expect(await portal.get(bob, OWN, { id: community.id })).toMatchObject({ viewerMembership: { status: 'ACTIVE' } });
  });
});

describe('inviteToCommunity', () => {
  it('shows a hidden community to the invited, who may then join it', async () => {
    const { community, owner } = await owned({ visibility: 'PRIVATE', joinPolicy: 'INVITE' });
    const bob = await portal.person();
    expect(await portal.get(owner, INVITE, about(community, bob))).toEqual({
      status: 'INVITED',
      invitedBy: { id: owner.id },
    });
    expect(await portal.get(bob, OWN, { id: community.id })).toMatchObject({ viewerMembership: { status: 'INVITED' } });
    expect(await portal.codeOf(owner, INVITE, about(community, bob))).toBe('ALREADY_EXISTS');
    await portal.get(bob, JOIN, { id: community.id });
    expect(await portal.codeOf(owner, INVITE, about(community, bob))).toBe('ALREADY_EXISTS');
  });

  it('accepts one who asked', async () => {
    const { community, owner } = await owned({ joinPolicy: 'REQUEST' });
    const bob = await portal.person();
    await portal.get(bob, JOIN, { id: community.id });
    expect(await portal.get(owner, INVITE, about(community, bob))).toMatchObject({ status: 'ACTIVE' });
  });

  it('refuses what is no id of a person, plain members and strangers', async () => {
    const { community, owner } = await owned({ visibility: 'COMMUNITY' });
    const member = await aMember(portal, community, owner);
    const eve = await portal.person();
    expect(await portal.codeOf(owner, INVITE, { communityId: community.id, userId: 'eve' })).toBe('NOT_FOUND');
    expect(await portal.codeOf(member, INVITE, about(community, eve))).toBe('FORBIDDEN');
    expect(await portal.codeOf(eve, INVITE, about(community, eve))).toBe('NOT_FOUND');
    expect(await portal.codeOf(eve, INVITE, { communityId: uuidv7(), userId: eve.id })).toBe('NOT_FOUND');
  });

  it('makes one invitation of twenty at once', async () => {
    const { community, owner } = await owned();
    const bob = await portal.person();
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => portal.codeOf(owner, INVITE, about(community, bob))),
    );
    expect(codes.filter((each) => each === null)).toHaveLength(1);
    expect(codes.filter((each) => each === 'ALREADY_EXISTS')).toHaveLength(19);
  });
});

describe('approveMembership', () => {
  it('makes one who asked a member, once', async () => {
    const { community, owner } = await owned({ joinPolicy: 'REQUEST' });
    const bob = await portal.person();
    await portal.get(bob, JOIN, { id: community.id });
    expect(await portal.get(owner, APPROVE, about(community, bob))).toEqual({
      status: 'ACTIVE',
      joinedAt: expect.any(String),
    });
    expect(await portal.codeOf(owner, APPROVE, about(community, bob))).toBe('NOT_FOUND');
  });

  it('is not for the one who asked, nor for members, and takes only those who asked', async () => {
    const { community, owner } = await owned({ joinPolicy: 'REQUEST' });
    const [bob, eve] = [await portal.person(), await portal.person()];
    const member = await aMember(portal, community, owner);
    await portal.get(bob, JOIN, { id: community.id });
    expect(await portal.codeOf(bob, APPROVE, about(community, bob))).toBe('FORBIDDEN');
    expect(await portal.codeOf(member, APPROVE, about(community, bob))).toBe('FORBIDDEN');
    expect(await portal.codeOf(owner, APPROVE, about(community, eve))).toBe('NOT_FOUND');
    expect(await portal.codeOf(owner, APPROVE, { communityId: community.id, userId: 'x' })).toBe('NOT_FOUND');
  });
});

describe('removeFromCommunity', () => {
  it('ends membership and access before it answers', async () => {
    const { community, owner } = await owned({ visibility: 'COMMUNITY' });
    const bob = await aMember(portal, community, owner);
    expect(await portal.get(bob, OWN, { id: community.id })).toMatchObject({ memberCount: 2 });
    expect(await portal.get(owner, REMOVE, about(community, bob))).toEqual({
      status: 'ACTIVE',
      user: { id: bob.id },
      community: { id: community.id, memberCount: 1 },
    });
    expect(await portal.get(bob, OWN, { id: community.id })).toBeNull();
    expect(await portal.codeOf(owner, REMOVE, about(community, bob))).toBe('NOT_FOUND');
  });

  it('bans for good, whether or not the person was a member, until the ban is lifted', async () => {
    const { community, owner } = await owned();
    const [member, stranger] = [await aMember(portal, community, owner), await portal.person()];
    for (const viewer of [member, stranger]) {
      const banned = { status: 'BANNED', user: { id: viewer.id } };
      expect(await portal.get(owner, REMOVE, about(community, viewer, { ban: true }))).toMatchObject(banned);
      expect(await portal.codeOf(viewer, JOIN, { id: community.id })).toBe('FORBIDDEN');
      expect(await portal.codeOf(viewer, LEAVE, { id: community.id })).toBe('NOT_FOUND');
      expect(await portal.codeOf(owner, INVITE, about(community, viewer))).toBe('CONFLICT');
    }
    expect(await portal.get(owner, REMOVE, about(community, stranger))).toMatchObject({ status: 'BANNED' });
    expect(await portal.codeOf(stranger, JOIN, { id: community.id })).toBeNull();
  });

  it('lets a moderator remove members, but not those above them', async () => {
    const { community, owner } = await owned();
    const [moderator, other, member] = await Promise.all([1, 2, 3].map(() => aMember(portal, community, owner)));
    for (const each of [moderator, other])
      await portal.get(owner, SET_ROLE, about(community, each!, { roleKey: 'portal.moderator' }));
    expect(await portal.codeOf(moderator!, REMOVE, about(community, owner))).toBe('FORBIDDEN');
    expect(await portal.codeOf(moderator!, REMOVE, about(community, other!))).toBe('FORBIDDEN');
    expect(await portal.codeOf(moderator!, REMOVE, about(community, member!))).toBeNull();
  });

  it('is FORBIDDEN for members, NOT_FOUND for strangers, and keeps the last owner', async () => {
    const { community, owner } = await owned({ visibility: 'PRIVATE' });
    const member = await aMember(portal, community, owner);
    expect(await portal.codeOf(member, REMOVE, about(community, owner))).toBe('FORBIDDEN');
    expect(await portal.codeOf(await portal.person(), REMOVE, about(community, owner))).toBe('NOT_FOUND');
    expect(await portal.codeOf(await portal.person('tenant.owner'), REMOVE, about(community, owner))).toBe(
      'LAST_OWNER',
    );
    expect(await portal.codeOf(owner, REMOVE, { communityId: community.id, userId: 'x' })).toBe('NOT_FOUND');
  });
});

describe('setCommunityRole', () => {
  it('promotes and demotes with effect on the next operation', async () => {
    const { community, owner } = await owned();
    const bob = await aMember(portal, community, owner);
    const role = (roleKey: string) => portal.get(owner, SET_ROLE, about(community, bob, { roleKey }));
    expect(await portal.codeOf(bob, UPDATE, { id: community.id })).toBe('FORBIDDEN');
    expect(await role('portal.owner')).toEqual({ roleKey: 'portal.owner' });
    expect(await portal.codeOf(bob, UPDATE, { id: community.id })).toBeNull();
    expect(await role('portal.moderator')).toEqual({ roleKey: 'portal.moderator' });
    expect(await portal.codeOf(bob, UPDATE, { id: community.id })).toBe('FORBIDDEN');
    expect(await role('portal.moderator')).toEqual({ roleKey: 'portal.moderator' });
  });

  it('refuses unknown roles, those who are no members, and to demote the last owner', async () => {
    const { community, owner } = await owned();
    const set = (viewer: Viewer, roleKey: string) =>
      portal.codeOf(owner, SET_ROLE, about(community, viewer, { roleKey }));
    expect(await set(owner, 'tenant.owner')).toBe('VALIDATION_ERROR');
    expect(await set(await portal.person(), 'portal.moderator')).toBe('NOT_FOUND');
    expect(await set(owner, 'portal.member')).toBe('LAST_OWNER');
  });

  it('is for owners: moderators and members are FORBIDDEN, strangers see nothing', async () => {
    const { community, owner } = await owned({ visibility: 'PRIVATE' });
    const bob = await aMember(portal, community, owner);
    const input = about(community, bob, { roleKey: 'portal.owner' });
    expect(await portal.codeOf(bob, SET_ROLE, input)).toBe('FORBIDDEN');
    await portal.get(owner, SET_ROLE, about(community, bob, { roleKey: 'portal.moderator' }));
    expect(await portal.codeOf(bob, SET_ROLE, input)).toBe('FORBIDDEN');
    expect(await portal.codeOf(await portal.person(), SET_ROLE, input)).toBe('NOT_FOUND');
  });
});

describe('members', () => {
  it('lists members to whoever sees the community, and those who wait only to those who decide', async () => {
    const { community, owner } = await owned({ joinPolicy: 'REQUEST' });
    const [member, bob] = [await aMember(portal, community, owner), await portal.person()];
    await portal.get(bob, JOIN, { id: community.id });
    const list = async (viewer: Viewer, status?: string) => {
      const { members } = await portal.get<{ members: { edges: { node: { user: Node } }[] } }>(viewer, MEMBERS, {
        id: community.id,
        status,
      });
      return members.edges.map(({ node }) => node.user.id);
    };
    expect(await list(anonymous)).toEqual([owner.id, member.id]);
    expect(await list(owner, 'PENDING')).toEqual([bob.id]);
    expect(await list(member, 'PENDING')).toEqual([]);
  });
});

describe('one person at the same time', () => {
  it('is either in the community and its team or in neither, when added to a team while leaving', async () => {
    const { community, owner } = await owned();
    const team = await aTeam(portal, community, owner);
    const members = await Promise.all(Array.from({ length: 10 }, () => aMember(portal, community, owner)));
    const replies = await Promise.all(
      members.flatMap((member) => [
        portal.ask(member, LEAVE, { id: community.id }),
        portal.ask(owner, ADD_TO_TEAM, { teamId: team.id, userId: idOf(member) }),
      ]),
    );
    const [left, added] = [0, 1].map((kind) => replies.filter((_, index) => index % 2 === kind).map(codeOf));
    expect(left).toEqual(members.map(() => null));
    expect(added?.filter((found) => found !== null && found !== 'CONFLICT')).toEqual([]);
    const query = 'query ($id: ID!) { team(id: $id) { memberCount } }';
    expect(await portal.get(owner, query, { id: team.id })).toEqual({ memberCount: 0 });
  });
});
