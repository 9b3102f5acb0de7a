import { codeOf } from '@polity/kernel/testing/dialect';
import { aCommunity, aPost, aTeam, aTeamMember, idOf } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const UNBIND =
  'mutation ($userId: ID!, $scope: ScopeInput!) { _unbindRoles(userId: $userId, scope: $scope, force: true) }';

describe('verbs that destroy', () => {
  it.each([
    ['archiveCommunity', 'mutation ($community: ID!) { archiveCommunity(id: $community) { id } }'],
    ['deleteTeam', 'mutation ($team: ID!) { deleteTeam(id: $team) { id } }'],
    ['deletePost', 'mutation ($post: ID!) { deletePost(id: $post) { id } }'],
    [
      'removeFromCommunity',
      'mutation ($community: ID!, $user: ID!) { removeFromCommunity(communityId: $community, userId: $user) { id } }',
    ],
    [
      'setCommunityRole',
      'mutation ($community: ID!, $user: ID!) { setCommunityRole(communityId: $community, userId: $user, roleKey: "portal.member") { id } }',
    ],
    ['removeFromTeam', 'mutation ($team: ID!, $user: ID!) { removeFromTeam(teamId: $team, userId: $user) { id } }'],
  ])('%s rests on no stamp from before a revoke that was acknowledged', async (_name, mutation) => {
    const owner = await portal.person();
    const community = await aCommunity(portal, owner);
    const scope = { type: 'COMMUNITY', id: community.id };
    const [team, post] = [await aTeam(portal, community, owner), await aPost(portal, owner, scope)];
    const member = await aTeamMember(portal, community, team, owner);
    const { access } = portal.world;
    const stamp = await access.stamp(portal.tenantId, idOf(owner));
    await access.load(portal.tenantId, idOf(owner), stamp);
    await portal.world.services(portal.tenantId).call('access', UNBIND, { userId: owner.id, scope });
    const variables = { community: community.id, team: team.id, post: post.id, user: member.id };
    const late = await portal.world.ask('portal', owner, mutation, variables, { stamp });
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(codeOf(late));
  });
});
