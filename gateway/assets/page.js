const EXAMPLES = [
  {
    query: `# Who am I, and what can I see? Sign in above, then press the play button.
query Welcome {
  me { username displayName communities(first: 5) { edges { node { name memberCount } } } }
  tenant { name }
  posts(first: 10) {
    edges { node { title visibility author { displayName } scope { __typename ... on Community { name } ... on Team { name } } } }
  }
}`,
  },
  {
    query: `mutation CreateCommunity($input: CreateCommunityInput!) {
  createCommunity(input: $input) { id slug name viewerMembership { status } }
}`,
    variables:
      '{ "input": { "slug": "gardeners", "name": "Gardeners", "joinPolicy": "OPEN", "visibility": "PUBLIC" } }',
  },
  {
    query: `# Every decision says why.
query MayI($scope: ScopeInput!) {
  can(permission: "portal.community.create", scope: $scope) { allowed reason version role { key } }
}`,
    variables: '{ "scope": { "type": "TENANT", "id": "paste the id of the tenant" } }',
  },
];

async function ask(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const panel = document.getElementById('session');
const text = (tag, content, attributes = {}) =>
  Object.assign(document.createElement(tag), { textContent: content }, attributes);

async function showSession(message = '') {
  const { data } = await ask('query Session { me { displayName } tenant { name } }');
  const me = data?.me;
  const tenant = data?.tenant?.name ?? 'no tenant';
  const parts = [text('strong', me ? `${me.displayName} in ${tenant}` : `Not signed in, in ${tenant}`)];
  if (message) parts.push(text('span', message, { className: 'error' }));
  if (me)
    parts.push(
      text('button', 'Sign out', {
        onclick: async () => {
          await ask('mutation { signOut }');
          await showSession();
        },
      }),
    );
  else parts.push(signInForm());
  panel.replaceChildren(...parts);
}

function signInForm() {
  const form = document.createElement('form');
  const email = Object.assign(document.createElement('input'), {
    type: 'email',
    placeholder: 'alice@demo.test',
    autocomplete: 'username',
    required: true,
  });
  const password = Object.assign(document.createElement('input'), {
    type: 'password',
    placeholder: 'password',
    autocomplete: 'current-password',
    required: true,
  });
  form.append(email, ' ', password, ' ', text('button', 'Sign in'));
  form.onsubmit = async (event) => {
    event.preventDefault();
    const { errors, data } = await ask(
      'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename } }',
      { input: { email: email.value, password: password.value } },
    );
    const outcome = data?.signIn?.__typename;
    await showSession(
      outcome === 'SignedIn'
        ? ''
        : outcome === 'MfaRequired'
          ? 'A second factor is needed: use verifyMfa.'
          : (errors?.[0]?.message ?? 'Not signed in.'),
    );
  };
  return form;
}

const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
const root = ReactDOM.createRoot(document.getElementById('graphiql'));
root.render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: EXAMPLES,
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: true,
  }),
);
showSession();
