import { anonymous, serviceViewer, type Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aPost, aTeam, aTeamMember, COMMUNITY, INVITE, type Node, POST } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
let viewers: Record<string, Viewer>;
let posts: Record<string, Node>;
let community: Node;

const REFERENCES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Post { id } ... on Community { id } ... on Team { id } } }`;

beforeAll(async () => {
  portal = await startPortal();
  const owner = await portal.person();
  community = await aCommunity(portal, owner);
  const team = await aTeam(portal, community, owner);
  const admin = await portal.person('tenant.owner');
  viewers = {
    anonymous,
    service: serviceViewer('search'),
    outsider: await portal.person(null),
    stranger: await portal.person(),
    member: await aMember(portal, community, owner),
    teamMember: await aTeamMember(portal, community, team, owner),
    author: await aTeamMember(portal, community, team, owner),
    owner,
    admin,
  };
  const [atTenant, atCommunity, atTeam] = [
    { type: 'TENANT', id: portal.tenantId },
    { type: 'COMMUNITY', id: community.id },
    { type: 'TEAM', id: team.id },
  ];
  const author = viewers.author!;
  posts = {
    'PUBLIC at the tenant': await aPost(portal, admin, atTenant, { visibility: 'PUBLIC' }),
    'COMMUNITY at the tenant': await aPost(portal, admin, atTenant, { visibility: 'COMMUNITY' }),
    'PRIVATE at the tenant': await aPost(portal, admin, atTenant, { visibility: 'PRIVATE' }),
    'PUBLIC at the community': await aPost(portal, author, atCommunity, { visibility: 'PUBLIC' }),
    'COMMUNITY at the community': await aPost(portal, author, atCommunity, { visibility: 'COMMUNITY' }),
    'PRIVATE at the community': await aPost(portal, author, atCommunity, { visibility: 'PRIVATE' }),
    'PUBLIC at the team': await aPost(portal, author, atTeam, { visibility: 'PUBLIC' }),
    'COMMUNITY at the team': await aPost(portal, author, atTeam, { visibility: 'COMMUNITY' }),
    'TEAM at the team': await aPost(portal, author, atTeam, { visibility: 'TEAM' }),
    'PRIVATE at the team': await aPost(portal, author, atTeam, { visibility: 'PRIVATE' }),
  };
}, 60_000);
afterAll(() => portal?.world.close());

const everyone = ['anonymous', 'service', 'outsider', 'stranger', 'member', 'teamMember', 'author', 'owner', 'admin'];
const tenantMembers = everyone.slice(3);
const members = everyone.slice(4);
const teamMembers = ['teamMember', 'author', 'owner', 'admin'];
const authorAndManagers = ['author', 'owner', 'admin'];

/** Who sees what, in full: whoever is not named must not. */
const table: [string, string[]][] = [
  ['PUBLIC at the tenant', everyone],
  ['COMMUNITY at the tenant', tenantMembers],
  ['PRIVATE at the tenant', ['admin']],
  ['PUBLIC at the community', everyone],
  ['COMMUNITY at the community', members],
  ['PRIVATE at the community', authorAndManagers],
  ['PUBLIC at the team', everyone],
  ['COMMUNITY at the team', members],
  ['TEAM at the team', teamMembers],
  ['PRIVATE at the team', authorAndManagers],
];

describe.each(table)('a post that is %s', (name, seenBy) => {
  it.each(everyone)('is or is not there for %s: in lists, by id and by reference alike', async (who) => {
    const viewer = viewers[who]!;
    const { id } = posts[name]!;
    const expected = seenBy.includes(who) ? { id } : null;
    expect(await portal.get(viewer, POST, { id })).toEqual(expected);
    const list = await portal.get<{ edges: { node: Node }[] }>(
      viewer,
      '{ posts(first: 100) { edges { node { id } } } }',
    );
    expect(list.edges.map(({ node }) => node.id).includes(id)).toBe(expected !== null);
    const [reference] = await portal.get<(Node | null)[]>(viewer, REFERENCES, {
      representations: [{ __typename: 'Post', id }],
    });
    expect(reference).toEqual(expected);
  });
});

describe.each(['PUBLIC', 'COMMUNITY', 'PRIVATE'])('a %s community and its team', (visibility) => {
  it('is or is not there for each viewer, in lists, by id, by slug and by reference alike', async () => {
    const owner = await portal.person();
    const slug = `c-${visibility.toLowerCase()}`;
    const hidden = await aCommunity(portal, owner, { visibility, slug });
    const team = await aTeam(portal, hidden, owner);
    const invited = await portal.person();
    await portal.get(owner, INVITE, { communityId: hidden.id, userId: invited.id });
    const member = await aMember(portal, hidden, owner);
    const seeing = { invited, member, owner, admin: viewers.admin! };
    const others = { anonymous, service: viewers.service!, outsider: viewers.outsider!, stranger: viewers.stranger! };
    const all: Record<string, Viewer> = { ...seeing, ...others };
    for (const [who, viewer] of Object.entries(all)) {
      const expected = visibility === 'PUBLIC' || who in seeing;
      const found = [
        await portal.get(viewer, COMMUNITY, { id: hidden.id }),
        await portal.get(viewer, 'query ($slug: String!) { community(slug: $slug) { id } }', { slug }),
        await portal.get(viewer, 'query ($id: ID!) { team(id: $id) { id } }', { id: team.id }),
        ...(await portal.get<unknown[]>(viewer, REFERENCES, {
          representations: [
            { __typename: 'Community', id: hidden.id },
            { __typename: 'Team', id: team.id },
          ],
        })),
        (
          await portal.get<{ edges: unknown[] }>(
            viewer,
            'query ($slug: String!) { communities(query: $slug) { edges { cursor } } }',
            { slug },
          )
        ).edges[0],
      ];
      expect([who, ...found.map((each) => each != null)]).toEqual([who, ...found.map(() => expected)]);
    }
  });
});

describe('a post in a community that is hidden', () => {
  it('stands by its own visibility, and does not tell where it lies', async () => {
    const owner = await portal.person();
    const hidden = await aCommunity(portal, owner, { visibility: 'PRIVATE' });
    const { id } = await aPost(portal, owner, { type: 'COMMUNITY', id: hidden.id }, { visibility: 'PUBLIC' });
    const query = 'query ($id: ID!) { post(id: $id) { id scope { __typename } } }';
    expect(await portal.get(anonymous, query, { id })).toEqual({ id, scope: null });
    expect(await portal.get(owner, query, { id })).toEqual({ id, scope: { __typename: 'Community' } });
  });
});

describe('someone suspended', () => {
  it('sees what is PUBLIC and nothing else, not even their own', async () => {
    const author = await portal.person();
    const place = await aCommunity(portal, author, { visibility: 'COMMUNITY' });
    const scope = { type: 'COMMUNITY', id: place.id };
    const [own, open] = [
      await aPost(portal, author, scope, { visibility: 'PRIVATE' }),
      await aPost(portal, author, scope, { visibility: 'PUBLIC' }),
    ];
    const flag =
      'mutation ($userId: ID!) { _setMasterFlag(userId: $userId, flag: SUSPENDED, value: true, reason: "test") }';
    await portal.world.services(portal.tenantId).call('access', flag, { userId: author.id });
    expect(await portal.get(author, POST, { id: own.id })).toBeNull();
    expect(await portal.get(author, POST, { id: open.id })).toEqual(open);
    expect(await portal.get(author, COMMUNITY, { id: place.id })).toBeNull();
  });
});
