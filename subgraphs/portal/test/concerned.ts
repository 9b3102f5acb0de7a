import type { Concern } from '@polity/kernel/duties/concerns';
import type { DomainUnderTest } from '@polity/kernel/testing/suites';
import { ADD_TO_TEAM, aCommunity, aMember, aPost, aTeam, aTeamMember, INVITE, idOf, JOIN, LEAVE } from './factories.ts';

const SET_ROLE =
  'mutation ($id: ID!, $userId: ID!) { setCommunityRole(communityId: $id, userId: $userId, roleKey: "portal.moderator") { id } }';
const REMOVE_FROM_TEAM =
  'mutation ($teamId: ID!, $userId: ID!) { removeFromTeam(teamId: $teamId, userId: $userId) { id } }';
const UPDATE_POST = 'mutation ($id: ID!) { updatePost(id: $id, input: { title: "Another" }) { id } }';

const participant = (userId: string): Concern[] => [{ userId, as: 'PARTICIPANT' }];
const owner = (userId: string): Concern[] => [{ userId, as: 'OWNER' }];

/** By type of the portal's events, how it comes to one, and whom that concerns. */
export const concerned: DomainUnderTest['concerned'] = {
  async 'portal.community.created'(test, founder) {
    await aCommunity(test, founder);
    return owner(founder.id);
  },
  async 'portal.membership.requested'(test, founder) {
    const { id } = await aCommunity(test, founder, { visibility: 'PUBLIC', joinPolicy: 'REQUEST' });
    const joiner = await test.person();
    await test.get(joiner, JOIN, { id });
    return participant(joiner.id);
  },
  async 'portal.membership.invited'(test, founder) {
    const { id } = await aCommunity(test, founder);
    const guest = await test.person();
    await test.get(founder, INVITE, { communityId: id, userId: guest.id });
    return participant(guest.id);
  },
  async 'portal.membership.activated'(test, founder) {
    return participant(idOf(await aMember(test, await aCommunity(test, founder), founder)));
  },
  async 'portal.membership.role_changed'(test, founder) {
    const community = await aCommunity(test, founder);
    const userId = idOf(await aMember(test, community, founder));
    await test.get(founder, SET_ROLE, { id: community.id, userId });
    return participant(userId);
  },
  async 'portal.membership.ended'(test, founder) {
    const community = await aCommunity(test, founder);
    const member = await aMember(test, community, founder);
    await test.get(member, LEAVE, { id: community.id });
    return participant(idOf(member));
  },
  async 'portal.team_membership.created'(test, founder) {
    const community = await aCommunity(test, founder);
    const team = await aTeam(test, community, founder);
    const userId = idOf(await aMember(test, community, founder));
    await test.get(founder, ADD_TO_TEAM, { teamId: team.id, userId });
    return participant(userId);
  },
  async 'portal.team_membership.ended'(test, founder) {
    const community = await aCommunity(test, founder);
    const team = await aTeam(test, community, founder);
    const userId = idOf(await aTeamMember(test, community, team, founder));
    await test.get(founder, REMOVE_FROM_TEAM, { teamId: team.id, userId });
    return participant(userId);
  },
  async 'portal.post.created'(test, author) {
    await aPost(test, author, { type: 'TENANT', id: test.tenantId });
    return owner(author.id);
  },
  async 'portal.post.updated'(test, author) {
    const { id } = await aPost(test, author, { type: 'TENANT', id: test.tenantId });
    await test.get(author, UPDATE_POST, { id });
    return owner(author.id);
  },
};
