/** Operations to begin with, one tab each. `ids` are those of the demo data, where it is there. */
globalThis.examplesWith = (ids) => {
  const json = (value) => JSON.stringify(value, null, 2);
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
  return [
    {
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
    {
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
};
