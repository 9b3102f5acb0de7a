import { uuidv7 } from '@polity/kernel/ids';
import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import { activity } from '../../subgraphs/activity/src/subgraph.ts';
import {
  aCommunity,
  addToTeam,
  aMember,
  anEvent,
  aPost,
  aTeam,
  from,
  type Scope,
} from '../../subgraphs/activity/test/factories.ts';
import { events } from '../../subgraphs/events/src/subgraph.ts';
import { gamification } from '../../subgraphs/gamification/src/subgraph.ts';
import { portal } from '../../subgraphs/portal/src/subgraph.ts';
import { profiles } from '../../subgraphs/profiles/src/subgraph.ts';
import { voting } from '../../subgraphs/voting/src/subgraph.ts';
import { listsOfPeople } from './lists.ts';

const BLOCK = 'mutation ($id: ID!) { blockUser(id: $id) { id } }';
const UNBLOCK = 'mutation ($id: ID!) { unblockUser(id: $id) { id } }';

/** Everybody and everything that the cases look at: two who block, and others. */
interface Scene {
  test: TestSubgraph;
  owner: Person;
  other: Person;
  pair: readonly [Person, Person];
  community: Scope;
  team: Scope;
  /** By case, what each of the two has in the list: the id of their thing, or their own. */
  posts: Record<'tenant' | 'community' | 'team', readonly string[]>;
  events: Record<'tenant' | 'community' | 'team', readonly string[]>;
  gathering: string;
  open: string;
  closed: string;
  nominating: string;
  achievement: string;
}

/** A list: who answers it, what is asked, and what of the two is in it. */
interface Case {
  subgraph: string;
  ask(scene: Scene): [query: string, variables: object];
  marks(scene: Scene): readonly string[];
}

const peopleOf = ({ pair }: Scene) => pair.map(({ id }) => id);
const entity = (type: string, id: string, fields: string): [string, object] => [
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`,
  { r: [{ __typename: type, id }] },
];
const NODES = 'edges { node { id } }';
const PEOPLE = 'edges { node { user { id } } }';

const content = (kind: 'posts' | 'events', subgraph: string): Record<string, Case> => ({
  [`Query.${kind}`]: {
    subgraph,
    ask: ({ test }) => [
      `query ($scope: ScopeInput) { ${kind}(scope: $scope, first: 100) { ${NODES} } }`,
      { scope: { type: 'TENANT', id: test.tenantId } },
    ],
    marks: (scene) => scene[kind].tenant,
  },
  [`Community.${kind}`]: {
    subgraph,
    ask: ({ community }) => entity('Community', community.id, `${kind} { ${NODES} }`),
    marks: (scene) => scene[kind].community,
  },
  [`Team.${kind}`]: {
    subgraph,
    ask: ({ team }) => entity('Team', team.id, `${kind} { ${NODES} }`),
    marks: (scene) => scene[kind].team,
  },
});

const poll = (which: 'open' | 'closed' | 'nominating', fields: string): Omit<Case, 'marks'> => ({
  subgraph: 'voting',
  ask: (scene) => ['query ($id: ID!) { poll(id: $id) { it } }'.replace('it', fields), { id: scene[which] }],
});

const cases: Record<string, Case> = {
  ...content('posts', 'portal'),
  ...content('events', 'events'),
  'Community.members': {
    subgraph: 'portal',
    ask: ({ community }) => entity('Community', community.id, `members { ${PEOPLE} }`),
    marks: peopleOf,
  },
  'Team.members': {
    subgraph: 'portal',
    ask: ({ team }) => entity('Team', team.id, `members { ${PEOPLE} }`),
    marks: peopleOf,
  },
  'Event.attendees': {
    subgraph: 'events',
    ask: ({ gathering }) => [`query ($id: ID!) { event(id: $id) { attendees { ${PEOPLE} } } }`, { id: gathering }],
    marks: peopleOf,
  },
  'Poll.ballots': { ...poll('closed', 'ballots { edges { node { voter { id } } } }'), marks: peopleOf },
  'Poll.participants': { ...poll('closed', `participants { ${NODES} }`), marks: peopleOf },
  'Poll.nominations': {
    ...poll('nominating', 'nominations { edges { node { nominee { id } } } }'),
    marks: peopleOf,
  },
  'Achievement.grants': {
    subgraph: 'gamification',
    ask: ({ achievement }) => [
      `query ($id: ID!) { achievement(id: $id) { grants { ${PEOPLE} } } }`,
      { id: achievement },
    ],
    marks: peopleOf,
  },
  'Query.feed': {
    subgraph: 'activity',
    ask: () => ['{ feed(first: 100) { edges { node { actor { id } } } } }', {}],
    marks: peopleOf,
  },
  'User.followers': {
    subgraph: 'profiles',
    ask: ({ owner }) => entity('User', owner.id, `followers { ${NODES} }`),
    marks: peopleOf,
  },
  'User.following': {
    subgraph: 'profiles',
    ask: ({ owner }) => entity('User', owner.id, `following { ${NODES} }`),
    marks: peopleOf,
  },
};

const ADMINISTRATION = 'for those who look after the tenant, who must see all of it';
const OWN = "the viewer's own";
const BALLOT_PAPER = 'who votes sees all of what they choose from; a nominee who has blocked them is not named';
const apart: Record<string, string> = {
  'Query.users': 'leaves out whom an administrator has blocked: subgraphs/identity/test/blocks.test.ts',
  'Tenant.members': 'subgraphs/identity/test/blocks.test.ts',
  'Query.polls': 'no block takes a vote: below',
  'Community.polls': 'the same polls',
  'Team.polls': 'the same polls',
  'User.activity': 'a list of one person, which is empty where they are hidden: below',
  'User.events': OWN,
  'User.ballots': OWN,
  'User.tenantMemberships': OWN,
  'User.roleBindings': ADMINISTRATION,
  'User.masterFlagGrants': ADMINISTRATION,
  'Query.blockedUsers': OWN,
  'Query.searchUsers': 'subgraphs/profiles/test/search.test.ts',
  'Query.followRequests': OWN,
  'Query.achievements': 'what a place gives; its author is not named to whom they have blocked',
  'User.grants': 'a list of one person, by the rule of all grants',
  'Query.notifications': 'what the viewer is told, without what was done by whom a block hides',
  'Query.delegations': OWN,
  'Query.feedMutes': OWN,
  'Query.calendarSubscriptions': 'calendars of a place, for those who look after it',
  'AttendanceReport.people': 'for those who mark who came, who count everybody',
  'User.attendance': OWN,
  'Event.attendance': 'for those who mark who came; leaves out whom they have blocked',
  'Event.coOrganizers': 'named on the event; who has blocked the viewer is not shown',
  'Activity.groupActors': 'of an entry of the feed',
  'Delegation.chain': 'whom a vote goes to, for its owner alone',
  ...Object.fromEntries(
    [
      'accessChanges',
      'applications',
      'auditLog',
      'invitations',
      'loggedDecisions',
      'masterFlagGrants',
      'policyOverrides',
      'registrationTokens',
      'roleBindings',
      'whoCan',
    ].map((field) => [`Query.${field}`, ADMINISTRATION]),
  ),
  'Invitation.useHistory': ADMINISTRATION,
  'Invitation.usedBy': ADMINISTRATION,
  ...Object.fromEntries(
    [
      'Ballot.choices',
      'BallotContent.choices',
      'BallotContent.ranking',
      'CountRound.elected',
      'CountRound.excluded',
      'Poll.options',
      'PollResults.ranking',
      'PollResults.winners',
      'TieBreak.among',
      'TieBreak.chosen',
    ].map((field) => [field, BALLOT_PAPER]),
  ),
};

const OVERRIDE = 'mutation ($input: PolicyOverrideInput!) { setPolicyOverride(input: $input) { id } }';

/** Lets somebody make things without looking after those of others. */
async function allow(test: TestSubgraph, owner: Person, { id: userId }: Person, permission: string, scope: Scope) {
  const input = { userId, permission, scope, effect: 'ALLOW', reason: 'test' };
  await from(test, 'access', owner, OVERRIDE, { input });
}

async function someOf(
  scopes: readonly Scope[],
  make: (scope: Scope, person: Person) => Promise<{ id: string }>,
  pair: Scene['pair'],
) {
  const made = await Promise.all(
    scopes.map(async (scope) => Promise.all(pair.map(async (person) => (await make(scope, person)).id))),
  );
  const [tenant, community, team] = made as [string[], string[], string[]];
  return { tenant, community, team };
}

async function aPoll(test: TestSubgraph, owner: Person, scope: Scope, more: object = {}): Promise<string> {
  const input = {
    ...{ scope, title: 'A poll', method: 'PLURALITY', resultsVisibility: 'ALWAYS' },
    options: [{ title: 'Yes' }, { title: 'No' }],
    ...more,
  };
  const CREATE = 'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id } }';
  return (await from(test, 'voting', owner, CREATE, { input })).id;
}

async function votedOn(test: TestSubgraph, owner: Person, pair: Scene['pair'], scope: Scope): Promise<string> {
  const id = await aPoll(test, owner, scope);
  const OPEN = 'mutation ($id: ID!) { openPoll(id: $id) { options { id } } }';
  const { options } = await from<{ options: { id: string }[] }>(test, 'voting', owner, OPEN, { id });
  const CAST = 'mutation ($input: CastVoteInput!) { castVote(input: $input) { id } }';
  for (const each of pair) await from(test, 'voting', each, CAST, { input: { pollId: id, choices: [options[0]?.id] } });
  return id;
}

async function grantedTo(test: TestSubgraph, owner: Person, pair: Scene['pair']): Promise<string> {
  const CREATE = 'mutation ($input: CreateAchievementInput!) { createAchievement(input: $input) { id } }';
  const GRANT = 'mutation ($input: GrantInput!) { grantAchievement(input: $input) { id } }';
  const scope = { type: 'TENANT', id: test.tenantId };
  const input = { scope, key: 'helper', name: 'Helper', kind: 'ACHIEVEMENT', visibility: 'PUBLIC' };
  const { id } = await from<{ id: string }>(test, 'gamification', owner, CREATE, { input });
  for (const each of pair)
    await from(test, 'gamification', owner, GRANT, { input: { achievementId: id, userId: each.id } });
  return id;
}

async function scene(): Promise<Scene> {
  const test = await openSubgraph(activity, { beside: [access, portal, voting, events, profiles, gamification] });
  const owner = await test.person('tenant.owner');
  const community = await aCommunity(test, owner);
  const team = await aTeam(test, community, owner);
  const [a, b, other] = [
    await aMember(test, community, owner),
    await aMember(test, community, owner),
    await aMember(test, community, owner),
  ];
  const pair = [a, b] as const;
  for (const each of [...pair, other]) await addToTeam(test, owner, team, each);
  const tenant: Scope = { type: 'TENANT', id: test.tenantId };
  const scopes = [tenant, community, team];
  for (const each of pair) {
    for (const permission of ['events.event.create', 'portal.post.create', 'voting.poll.create'])
      await allow(test, owner, each, permission, tenant);
  }
  const gathering = (await anEvent(test, owner, community, { attendeesShownTo: 'EVERYONE' })).id;
  const FOLLOW = 'mutation ($id: ID!) { followUser(id: $id) { id } }';
  const RSVP = 'mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: GOING) { id } }';
  const nominating = await aPoll(test, owner, community);
  await from(test, 'voting', owner, 'mutation ($id: ID!) { openNominations(id: $id) { id } }', { id: nominating });
  const NOMINATE = 'mutation ($id: ID!, $input: NominationInput!) { nominate(pollId: $id, input: $input) { id } }';
  for (const each of pair) {
    await from(test, 'events', each, RSVP, { id: gathering });
    await from(test, 'profiles', each, FOLLOW, { id: owner.id });
    await from(test, 'profiles', owner, FOLLOW, { id: each.id });
    await from(test, 'voting', each, NOMINATE, { id: nominating, input: { title: 'Me' } });
  }
  const open = await votedOn(test, owner, pair, community);
  const closed = await votedOn(test, owner, pair, community);
  await from(test, 'voting', owner, 'mutation ($id: ID!) { closePoll(id: $id) { id } }', { id: closed });
  await test.world.runJobs();
  const achievement = await grantedTo(test, owner, pair);
  const made = {
    posts: await someOf(scopes, (scope, person) => aPost(test, person, scope), pair),
    events: await someOf(scopes, (scope, person) => anEvent(test, person, scope), pair),
  };
  await test.world.settle();
  return { test, owner, other, pair, community, team, ...made, gathering, open, closed, nominating, achievement };
}

describe('a block hides two people from each other', () => {
  let all: Scene;
  beforeAll(async () => {
    all = await scene();
  });
  afterAll(() => all?.test.world.close());

  /** Which of the two a viewer finds in a list. */
  async function found(name: string, viewer: Person): Promise<number[]> {
    const { subgraph, ask, marks } = cases[name] as Case;
    const [query, variables] = ask(all);
    const { data, errors } = await all.test.world.ask(subgraph, viewer, query, { ...variables });
    expect([name, errors ?? []]).toEqual([name, []]);
    const text = JSON.stringify(data);
    return marks(all).flatMap((mark, index) => (text.includes(mark) ? [index] : []));
  }

  it('in every list of the graph that names people, or says why not', () => {
    expect([...Object.keys(cases), ...Object.keys(apart)].sort()).toEqual(listsOfPeople());
  });

  it.each(Object.keys(cases))(
    'in %s, both ways and for nobody else, from when it is answered until it ends',
    async (name) => {
      const { pair, other, test } = all;
      const [a, b] = pair;
      for (const viewer of [a, b, other]) expect(await found(name, viewer)).toEqual([0, 1]);
      await from(test, 'profiles', a, BLOCK, { id: b.id });
      try {
        expect(await found(name, a)).toEqual([0]);
        expect(await found(name, b)).toEqual([1]);
        expect(await found(name, other)).toEqual([0, 1]);
      } finally {
        await from(test, 'profiles', a, UNBLOCK, { id: b.id });
      }
      for (const viewer of [a, b]) expect(await found(name, viewer)).toEqual([0, 1]);
    },
  );

  it('by id and by reference too', async () => {
    const { pair, other, test } = all;
    const [a, b] = pair;
    const ways = [
      ['portal', 'Post', 'post', all.posts.tenant],
      ['events', 'Event', 'event', all.events.tenant],
    ] as const;
    const sees = async (viewer: Person) => {
      const seen: boolean[] = [];
      for (const [subgraph, type, field, ids] of ways) {
        for (const id of ids) {
          const node = await from(test, subgraph, viewer, `query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
          const [reference] = await from<unknown[]>(test, subgraph, viewer, ...entity(type, id, 'id'));
          expect(node !== null).toBe(reference !== null);
          seen.push(node !== null);
        }
      }
      return seen;
    };
    await from(test, 'profiles', a, BLOCK, { id: b.id });
    expect(await sees(a)).toEqual([true, false, true, false]);
    expect(await sees(b)).toEqual([false, true, false, true]);
    expect(await sees(other)).toEqual([true, true, true, true]);
    await from(test, 'profiles', a, UNBLOCK, { id: b.id });
    expect(await sees(a)).toEqual([true, true, true, true]);
  });

  it('but not from those who keep order, when they are the ones who were blocked', async () => {
    const { pair, owner, test, posts } = all;
    const [a] = pair;
    const postsOf = async (viewer: Person) =>
      JSON.stringify(await from(test, 'portal', viewer, '{ posts(first: 100) { edges { node { id } } } }'));
    await from(test, 'profiles', a, BLOCK, { id: owner.id });
    expect(await postsOf(owner)).toContain(posts.community[0]);
    expect(await found('Community.members', owner)).toEqual([0, 1]);
    await from(test, 'profiles', a, UNBLOCK, { id: owner.id });
    await from(test, 'profiles', owner, BLOCK, { id: a.id });
    expect(await postsOf(owner)).not.toContain(posts.community[0]);
    expect(await found('Community.members', owner)).toEqual([1]);
    await from(test, 'profiles', owner, UNBLOCK, { id: a.id });
  });

  it('in the feed of one person', async () => {
    const { pair, test } = all;
    const [a, b] = pair;
    const did = async (viewer: Person, { id }: Person) => {
      const [user] = await from<{ activity: { edges: unknown[] } }[]>(
        test,
        'activity',
        viewer,
        ...entity('User', id, 'activity { edges { node { id } } }'),
      );
      return (user?.activity.edges.length ?? 0) > 0;
    };
    expect(await did(a, b)).toBe(true);
    await from(test, 'profiles', a, BLOCK, { id: b.id });
    expect([await did(a, b), await did(b, a), await did(a, a)]).toEqual([false, false, true]);
    await from(test, 'profiles', a, UNBLOCK, { id: b.id });
  });

  it('which a person may keep from others without blocking anybody', async () => {
    const { pair, other, owner, test } = all;
    const [a] = pair;
    const PRIVACY = 'mutation ($input: PrivacyInput!) { updatePrivacy(input: $input) { id } }';
    await from(test, 'profiles', owner, 'mutation ($id: ID!) { followUser(id: $id) { id } }', { id: a.id });
    const did = async (viewer: Person) => {
      const fields = 'activity { edges { node { id } } }';
      const [user] = await from<{ activity: { edges: unknown[] } }[]>(
        test,
        'activity',
        viewer,
        ...entity('User', a.id, fields),
      );
      return (user?.activity.edges.length ?? 0) > 0;
    };
    for (const [activity, seen] of [
      ['EVERYONE', [true, true, true]],
      ['FOLLOWERS', [true, true, false]],
      ['NOBODY', [true, false, false]],
      ['MEMBERS', [true, true, true]],
    ] as const) {
      await from(test, 'profiles', a, PRIVACY, { input: { activity } });
      expect([activity, await did(a), await did(owner), await did(other)]).toEqual([activity, ...seen]);
    }
  });

  it('and takes no vote: whoever is on the roll sees the poll, others do not', async () => {
    const { pair, test, community } = all;
    const [a, b] = pair;
    const stranger = await test.person();
    const id = await aPoll(test, a, community, { visibility: 'PUBLIC' });
    await from(test, 'voting', a, 'mutation ($id: ID!) { openPoll(id: $id) { id } }', { id });
    const sees = async (viewer: Person) =>
      JSON.stringify(await from(test, 'voting', viewer, '{ polls(first: 100) { edges { node { id } } } }')).includes(
        id,
      );
    expect([await sees(b), await sees(stranger)]).toEqual([true, true]);
    for (const each of [b, stranger]) await from(test, 'profiles', a, BLOCK, { id: each.id });
    expect([await sees(b), await sees(stranger)]).toEqual([true, false]);
    for (const each of [b, stranger]) await from(test, 'profiles', a, UNBLOCK, { id: each.id });
  });

  it('in its tenant only, and answers NOT_FOUND to who blocks nobody that is there', async () => {
    const { pair, test } = all;
    const { errors } = await test.world.ask('profiles', pair[0], BLOCK, { id: uuidv7() });
    expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });
});
