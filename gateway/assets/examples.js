/** Who the examples are for, in the order in which they are offered. */
globalThis.ROLES = {
  anyone: 'For everybody',
  member: 'Signed in',
  owner: 'Whoever runs a tenant',
  administrator: 'Whoever runs the installation',
};

const json = (value) => JSON.stringify(value, null, 2);
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

const forAnyone = () => [
  {
    name: 'Welcome',
    role: 'anyone',
    isTab: true,
    query: `# Who am I, and what can I see? Press the play button,
# sign in at the top, and press it again.
query Welcome {
  me {
    displayName
    email
    communities(first: 5) {
      edges { node { name memberCount } }
    }
  }
  posts(first: 10) {
    edges {
      node {
        title
        visibility
        author { displayName }
        scope {
          ... on Tenant { name }
          ... on Community { name }
          ... on Team { name community { name } }
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Community',
    role: 'anyone',
    isTab: true,
    query: `# A community with its people, teams and posts:
# several subgraphs answer together.
query Community($slug: String!) {
  community(slug: $slug) {
    id
    name
    description
    joinPolicy
    viewerMembership { status roleKey }
    members(first: 10) {
      edges { node { roleKey user { username displayName } } }
    }
    teams { edges { node { id name memberCount } } }
    posts(first: 5) { edges { node { title bodyHtml createdAt } } }
  }
}
`,
    variables: json({ slug: 'builders' }),
  },
  {
    name: 'Agenda',
    role: 'anyone',
    isTab: true,
    query: `# What comes next, and what waits for a vote.
query Agenda($from: DateTime!, $to: DateTime!) {
  calendar(from: $from, to: $to, first: 10) {
    edges { node { startsAt endsAt myRsvp event { title location rsvpCounts { going } } } }
  }
  polls(first: 5) {
    edges { node { id title status method closesAt turnout { cast eligible } } }
  }
}
`,
    variables: json({ from: day(0), to: day(60) }),
  },
];

const forMembers = (ids) => [
  {
    name: 'CreateCommunity',
    role: 'member',
    isTab: true,
    query: `# Sign in first. The creator becomes the owner at once.
mutation CreateCommunity($input: CreateCommunityInput!) {
  createCommunity(input: $input) {
    id
    slug
    name
    viewerMembership { status roleKey }
  }
}
`,
    variables: json({ input: { slug: 'gardeners', name: 'Gardeners', joinPolicy: 'OPEN', visibility: 'PUBLIC' } }),
  },
  {
    name: 'MayI',
    role: 'member',
    isTab: true,
    query: `# Every decision says why, and on which role it rests.
query MayI($checks: [AccessCheckInput!]!) {
  canEach(checks: $checks) {
    permission { code description }
    allowed
    reason
    role { key name }
    version
  }
}
`,
    variables: json({
      checks: [
        { permission: 'portal.community.create', scope: { type: 'TENANT', id: ids.tenant } },
        { permission: 'portal.post.create', scope: { type: 'COMMUNITY', id: ids.community } },
        { permission: 'portal.community.archive', scope: { type: 'COMMUNITY', id: ids.community } },
      ],
    }),
  },
  {
    name: 'Post',
    role: 'member',
    isTab: true,
    query: `# Text is Markdown; alice and bob are members of Builders.
mutation Post($input: CreatePostInput!) {
  createPost(input: $input) {
    id
    title
    bodyHtml
    visibility
    viewerCanEdit
  }
}
`,
    variables: json({
      input: {
        scope: { type: 'COMMUNITY', id: ids.community },
        title: 'Hello',
        body: 'Written in **GraphiQL**.',
        visibility: 'COMMUNITY',
      },
    }),
  },
  {
    name: 'Sessions',
    role: 'member',
    isTab: true,
    query: `# Where you are signed in. revokeSession(id: …) { id } ends one,
# revokeOtherSessions ends all others.
query Sessions {
  me {
    sessions { id current device address createdAt lastSeenAt methods }
  }
}
`,
  },
];

const forOwners = (ids) => [
  {
    name: 'WhoMay',
    role: 'owner',
    query: `# Who may post there, and what changed lately in who may what.
query WhoMay($permission: String!, $scope: ScopeInput!) {
  whoCan(permission: $permission, scope: $scope, first: 10) {
    edges { node { displayName } }
  }
  roles(first: 10) { edges { node { key name permissions { code } } } }
  accessChanges(first: 10) { edges { node { id } } }
}
`,
    variables: json({ permission: 'portal.post.create', scope: { type: 'TENANT', id: ids.tenant } }),
  },
  {
    name: 'People',
    role: 'owner',
    query: `# People of the tenant, invitations into it, and what was done to accounts.
query People {
  tenant { name signUpPolicy mfaRequired }
  users(first: 10) { edges { node { displayName email status } } }
  invitations(first: 10) { edges { node { id } } }
  auditLog(first: 10) { edges { node { id } } }
}
`,
  },
  {
    name: 'Clients',
    role: 'owner',
    query: `# What clients of the tenant may send, and what was published for them.
query Clients {
  operationLimits { level pointsPerMinute maxCost }
  persistedOperations(first: 10) { edges { node { id name uses lastUsedAt } } }
  applications(first: 10) { edges { node { id name status } } }
}
`,
  },
  {
    name: 'Installation',
    role: 'administrator',
    query: `# Events that could not be handled, and who stands above all roles.
query Installation {
  deadLetters(first: 10) { type consumer error }
  masterFlagGrants(first: 10) { edges { node { flag origin user { displayName } } } }
  graphVersion
}
`,
  },
];

/**
 * Operations to begin with: by whom each can be tried, and whether it has a tab of its own from the beginning. `ids` are those of the demo data, where it
 * is there.
 */
globalThis.examplesWith = (ids) => [...forAnyone(), ...forMembers(ids), ...forOwners(ids)];
