import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import {
  ADD_TO_TEAM,
  aCommunity,
  aMember,
  aPost,
  aSlug,
  aTeam,
  CREATE_COMMUNITY,
  CREATE_POST,
  INVITE,
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

const UPDATE = 'mutation ($id: ID!) { updateCommunity(id: $id, input: { name: "New" }) { id } }';
const OWN = 'query ($id: ID!) { community(id: $id) { viewerMembership { status } } }';

/** What identity would publish about a person. */
function identityEvent(type: string, actor: Viewer, person: Viewer, data: object): EventEnvelope {
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: '/polity/identity',
    type,
    subject: person.id as string,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: portal.tenantId,
    actorid: actor.id,
    requestid: null,
    data: { ...data, userId: person.id },
  };
}

/** Has access refuse every change while `work` runs; what it answered before stays known. */
async function withoutAccess<T>(work: () => Promise<T>): Promise<T> {
  const { transport } = portal.world.platform;
  const { execute } = transport;
  transport.execute = async (name, request, info) => {
    if (name === 'access' && request.query.startsWith('mutation')) throw new SubgraphUnavailable('access');
    return execute.call(transport, name, request, info);
  };
  try {
    return await work();
  } finally {
    transport.execute = execute;
  }
}

async function eventsAbout(id: string): Promise<string[]> {
  const em = portal.world.subgraph('portal').runtime.em(portal.tenantId);
  const rows = await em.execute<{ type: string }[]>('select type from outbox where aggregate_id like ? order by id', [
    `${id}%`,
  ]);
  return rows.map(({ type }) => type);
}

describe('while access is away', () => {
  it('a community comes to be, and its event repairs what was not granted', async () => {
    const alice = await portal.person();
    const slug = aSlug();
    const id = await portal.world.withoutEvents(async () => {
      const input = { slug, name: 'Cut off' };
      const made = await withoutAccess(() => portal.get<Node>(alice, CREATE_COMMUNITY, { input }));
      expect(await portal.get(alice, OWN, { id: made.id })).toEqual({ viewerMembership: { status: 'ACTIVE' } });
      expect(await eventsAbout(made.id)).toEqual(['portal.community.created']);
      expect(await portal.codeOf(alice, UPDATE, { id: made.id })).toBe('FORBIDDEN');
      return made.id;
    });
    await portal.world.settle();
    expect(await portal.codeOf(alice, UPDATE, { id })).toBeNull();
  });

  it('a join commits and grants nothing yet', async () => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner);
    const post = await aPost(portal, owner, { type: 'COMMUNITY', id: community.id });
    const bob = await portal.person();
    await portal.world.withoutEvents(async () => {
      expect(await withoutAccess(() => portal.codeOf(bob, JOIN, { id: community.id }))).toBeNull();
      expect(await portal.get(bob, OWN, { id: community.id })).toEqual({ viewerMembership: { status: 'ACTIVE' } });
      expect(await portal.get(bob, POST, { id: post.id })).toBeNull();
    });
    expect(await eventsAbout(`${community.id}.${bob.id}`)).toEqual(['portal.membership.activated']);
    await portal.world.settle();
    expect(await portal.get(bob, POST, { id: post.id })).toEqual({ id: post.id });
  });

  it('a team and a place in it wait for their events', async () => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner);
    const bob = await aMember(portal, community, owner);
    const { withoutEvents } = portal.world;
    const team = await withoutEvents(async () => {
      const made = await withoutAccess(() => aTeam(portal, community, owner));
      const adding = withoutAccess(() => portal.codeOf(owner, ADD_TO_TEAM, { teamId: made.id, userId: bob.id }));
      expect(await adding).toBe('FORBIDDEN');
      return made;
    });
    await portal.world.settle();
    const input = { scope: { type: 'TEAM', id: team.id }, title: 'T', body: 'B' };
    await withoutEvents(async () => {
      await withoutAccess(() => portal.get(owner, ADD_TO_TEAM, { teamId: team.id, userId: bob.id }));
      expect(await portal.codeOf(bob, CREATE_POST, { input })).toBe('FORBIDDEN');
    });
    await portal.world.settle();
    expect(await portal.codeOf(bob, CREATE_POST, { input })).toBeNull();
  });

  it('nobody leaves: the answer says so, and the membership stands', async () => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner);
    const bob = await aMember(portal, community, owner);
    expect(await withoutAccess(() => portal.codeOf(bob, LEAVE, { id: community.id }))).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await portal.get(bob, OWN, { id: community.id })).toEqual({ viewerMembership: { status: 'ACTIVE' } });
    expect(await portal.codeOf(bob, LEAVE, { id: community.id })).toBeNull();
  });
});

describe('events', () => {
  it('of one membership tell its whole life, in order', async () => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner);
    const bob = await portal.person();
    for (const operation of [JOIN, LEAVE, JOIN]) await portal.get(bob, operation, { id: community.id });
    expect(await eventsAbout(`${community.id}.${bob.id}`)).toEqual([
      'portal.membership.activated',
      'portal.membership.ended',
      'portal.membership.activated',
    ]);
  });

  it('that a person left the tenant end their memberships, once, and keep their bans', async () => {
    const owner = await portal.person();
    const [community, other] = [await aCommunity(portal, owner), await aCommunity(portal, owner)];
    const bob = await aMember(portal, community, owner);
    const ban = 'mutation ($c: ID!, $u: ID!) { removeFromCommunity(communityId: $c, userId: $u, ban: true) { id } }';
    await portal.get(owner, ban, { c: other.id, u: bob.id });
    const event = identityEvent('identity.membership.ended', owner, bob, {});
    for (let delivery = 0; delivery < 2; delivery++) await portal.world.bus.publish(event);
    await portal.world.bus.idle();
    expect(await portal.get(bob, OWN, { id: community.id })).toEqual({ viewerMembership: null });
    expect(await portal.get(bob, OWN, { id: other.id })).toEqual({ viewerMembership: { status: 'BANNED' } });
    const life = await eventsAbout(`${community.id}.${bob.id}`);
    expect(life.filter((type) => type === 'portal.membership.ended')).toHaveLength(1);
  });

  it('that a person left the tenant come too late for what they joined since they came back', async () => {
    const owner = await portal.person();
    const [before, after] = [await aCommunity(portal, owner), await aCommunity(portal, owner)];
    const bob = await aMember(portal, before, owner);
    await portal.get(owner, INVITE, { communityId: after.id, userId: bob.id });
    const left = portal.world.clock.nowMs() + 60_000;
    const event = identityEvent('identity.membership.ended', owner, bob, {});
    portal.world.clock.set(left + 1);
    await portal.get(bob, JOIN, { id: after.id });
    await portal.world.bus.publish({ ...event, time: new Date(left).toISOString() });
    await portal.world.bus.idle();
    expect(await portal.get(bob, OWN, { id: before.id })).toEqual({ viewerMembership: null });
    expect(await portal.get(bob, OWN, { id: after.id })).toEqual({ viewerMembership: { status: 'ACTIVE' } });
  });

  it('that a person used an invitation to a community make them its member, once, with the role of the invitation', async () => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner, { joinPolicy: 'INVITE', visibility: 'PRIVATE' });
    const bob = await portal.person();
    const data = {
      communityId: community.id,
      roleKey: 'portal.moderator',
      invitationId: uuidv7(),
      invitedBy: owner.id,
    };
    const event = identityEvent('identity.invitation.used', owner, bob, data);
    for (let delivery = 0; delivery < 2; delivery++) await portal.world.bus.publish(event);
    await portal.world.settle();
    const own =
      'query ($id: ID!) { community(id: $id) { memberCount viewerMembership { status roleKey invitedBy { id } } } }';
    expect(await portal.get(bob, own, { id: community.id })).toEqual({
      memberCount: 2,
      viewerMembership: { status: 'ACTIVE', roleKey: 'portal.moderator', invitedBy: { id: owner.id } },
    });
    expect(await eventsAbout(`${community.id}.${bob.id}`)).toEqual(['portal.membership.activated']);
  });

  it('that a banned person used an invitation leave the ban, and take the role back', async () => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner);
    const bob = await aMember(portal, community, owner);
    const ban = 'mutation ($c: ID!, $u: ID!) { removeFromCommunity(communityId: $c, userId: $u, ban: true) { id } }';
    await portal.get(owner, ban, { c: community.id, u: bob.id });
    const input = {
      userId: bob.id,
      roleKey: 'portal.member',
      scope: { type: 'COMMUNITY', id: community.id },
      replaces: [],
    };
    await portal.world
      .services(portal.tenantId)
      .call('access', 'mutation ($input: ServiceBindInput!) { _bindRole(input: $input) }', {
        input: { ...input, reason: 'invitation' },
      });
    const post = await aPost(portal, owner, { type: 'COMMUNITY', id: community.id }, { visibility: 'COMMUNITY' });
    const data = { communityId: community.id, roleKey: 'portal.member', invitationId: uuidv7() };
    await portal.world.bus.publish(identityEvent('identity.invitation.used', owner, bob, data));
    await portal.world.settle();
    expect(await portal.get(bob, OWN, { id: community.id })).toEqual({ viewerMembership: { status: 'BANNED' } });
    expect(await portal.get(bob, POST, { id: post.id })).toBeNull();
  });
});
