import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aPost, aTeam, JOIN, type Node } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
let owner: Viewer;
beforeAll(async () => {
  portal = await startPortal();
  owner = await portal.person();
});
afterAll(() => portal?.world.close());

const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Community { id } ... on Team { id } ... on Post { id }
  ... on User { communities { edges { node { id } } } } ... on Tenant { communities { edges { node { id } } } } } }`;

const resolve = (viewer: Viewer, representations: object[]) =>
  portal.get<unknown[]>(viewer, ENTITIES, { representations });

const statementsOf = (viewer: Viewer, query: string, variables?: object) =>
  portal.statementsOf(viewer, query, variables as Record<string, unknown>);

describe('references', () => {
  it('resolve for members of a community that is not PUBLIC', async () => {
    const community = await aCommunity(portal, owner, { visibility: 'COMMUNITY' });
    const team = await aTeam(portal, community, owner);
    const post = await aPost(portal, owner, { type: 'COMMUNITY', id: community.id });
    const representations = [
      { __typename: 'Community', id: community.id },
      { __typename: 'Team', id: team.id },
      { __typename: 'Post', id: post.id },
    ];
    expect(await resolve(await aMember(portal, community, owner), representations)).toEqual(representations);
    expect(await resolve(await portal.person(), representations)).toEqual([null, null, null]);
  });

  it('of users bring the communities that both they belong to and the viewer sees, in one statement', async () => {
    const [open, hidden] = [
      await aCommunity(portal, owner),
      await aCommunity(portal, owner, { visibility: 'PRIVATE' }),
    ];
    const people = await Promise.all(Array.from({ length: 10 }, () => aMember(portal, hidden, owner)));
    for (const viewer of people) await portal.get(viewer, JOIN, { id: open.id });
    const representations = people.map(({ id }) => ({ __typename: 'User', id }));
    const seen = (...communities: Node[]) => ({
      __typename: 'User',
      communities: { edges: expect.arrayContaining(communities.map(({ id }) => ({ node: { id } }))) },
    });
    expect(await resolve(people[0]!, representations)).toEqual(people.map(() => seen(open, hidden)));
    const others = await resolve(await portal.person(), representations);
    expect(others).toEqual(people.map(() => ({ __typename: 'User', communities: { edges: [{ node: open }] } })));
    expect(await statementsOf(owner, ENTITIES, { representations })).toHaveLength(1);
  });

  it('of tenants bring their communities, and nothing for another tenant', async () => {
    const community = await aCommunity(portal, owner);
    const elsewhere = await portal.tenant();
    const [here, there] = (await resolve(anonymous, [
      { __typename: 'Tenant', id: portal.tenantId },
      { __typename: 'Tenant', id: elsewhere },
    ])) as { communities: { edges: { node: Node }[] } }[];
    expect(here!.communities.edges.length).toBeGreaterThan(0);
    expect(there!.communities.edges).toEqual([]);
    expect(community.id).toBeTruthy();
  });
});

describe('statements', () => {
  const FEED = `{ posts(first: 20) { edges { node { id title bodyHtml visibility createdAt viewerCanEdit author { id }
    scope { __typename ... on Community { id name slug memberCount tenant { id } } ... on Team { id name community { id name tenant { id } } } ... on Tenant { id } } } } } }`;

  it('of a feed of 20 posts with author, community, team and tenant are two', async () => {
    const communities = await Promise.all([1, 2, 3, 4].map(() => aCommunity(portal, owner)));
    const teams = await Promise.all(communities.map((community) => aTeam(portal, community, owner)));
    for (const { id } of communities) for (let n = 0; n < 3; n++) await aPost(portal, owner, { type: 'COMMUNITY', id });
    for (const { id } of teams) for (let n = 0; n < 2; n++) await aPost(portal, owner, { type: 'TEAM', id });
    const feed = await portal.get<{ edges: { node: object }[] }>(owner, FEED);
    expect(feed.edges).toHaveLength(20);
    expect(feed.edges[0]?.node).toMatchObject({
      author: { id: owner.id },
      scope: { __typename: 'Team', community: { tenant: { id: portal.tenantId } } },
    });
    const statements = await statementsOf(owner, FEED.replace('memberCount', ''));
    expect(statements).toHaveLength(2);
    expect(await statementsOf(owner, FEED)).toHaveLength(3);
  });

  it('of a list of communities with all that hangs below them are one per kind, not per community', async () => {
    const nested = `{ communities(first: 20) { edges { node { id memberCount viewerMembership { status }
      members(first: 3) { edges { node { user { id } } } } posts(first: 3) { edges { node { id } } }
      teams(first: 3) { edges { node { id memberCount viewerMembership { id } members(first: 2) { edges { node { user { id } } } } posts(first: 2) { edges { node { id } } } } } } } } } }`;
    expect(await statementsOf(owner, nested)).toHaveLength(10);
  });
});
