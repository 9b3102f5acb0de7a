const SIGN_IN =
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on MfaRequired { challenge methods } } }';
const VERIFY = 'mutation VerifyMfa($input: VerifyMfaInput!) { verifyMfa(input: $input) { __typename } }';
const SESSION =
  'query Session { me { displayName email masterFlags tenantMemberships { status tenant { slug name } } } tenant { slug name } }';
const SWITCH = 'mutation SwitchTenant($slug: String!) { switchTenant(slug: $slug) { slug } }';
const IDS = 'query Ids { tenant { id } community(slug: "builders") { id } }';
const TABS = 'graphiql:tabState';

async function ask(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** Operations to begin with, once it is known on what. */
let examples = [];

const panel = document.getElementById('session');

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

const button = (label, onclick, title = '') => element('button', { type: 'button', onclick, title }, label);
const input = (type, placeholder, autocomplete) =>
  element('input', { type, placeholder, ariaLabel: placeholder, autocomplete, required: true });

const reasonOf = (errors, fallback) => errors?.[0]?.message ?? fallback;

/** Goes on with the second factor where there is one; draws the panel anew in any case. */
async function signIn(email, password) {
  const { errors, data } = await ask(SIGN_IN, { input: { email, password } });
  const result = data?.signIn;
  if (result?.__typename === 'MfaRequired') return draw(secondFactor(result.challenge));
  return showSession(result ? '' : reasonOf(errors, 'That did not work.'));
}

function secondFactor(challenge) {
  const code = input('text', 'six digits', 'one-time-code');
  const form = element(
    'form',
    {},
    code,
    element('button', {}, 'Confirm'),
    button('Cancel', () => showSession()),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const { errors } = await ask(VERIFY, { input: { challenge, totp: code.value } });
    await showSession(errors ? reasonOf(errors) : '');
  };
  return [element('strong', {}, 'Code of your authenticator'), form];
}

/** Kept when the panel is drawn anew, so that only a wrong password is typed again. */
let typedAddress = '';

function signInForm() {
  const email = Object.assign(input('email', 'address', 'username'), { value: typedAddress });
  const password = input('password', 'password', 'current-password');
  const form = element('form', {}, email, password, element('button', {}, 'Sign in'));
  form.onsubmit = (event) => {
    event.preventDefault();
    typedAddress = email.value;
    return signIn(email.value, password.value);
  };
  return form;
}

function tenantChoice(memberships, current) {
  const active = memberships.filter(({ status }) => status === 'ACTIVE').map(({ tenant }) => tenant);
  if (!active.some(({ slug }) => slug === current?.slug)) return [`in ${current?.name ?? 'no tenant'}`];
  const options = active.map(({ slug, name }) =>
    element('option', { value: slug, selected: slug === current.slug }, name),
  );
  const select = element('select', { ariaLabel: 'Tenant' }, ...options);
  select.onchange = async () => {
    const { errors } = await ask(SWITCH, { slug: select.value });
    await showSession(errors ? reasonOf(errors) : '');
  };
  return ['in ', select];
}

async function signOut() {
  await ask('mutation SignOut { signOut }');
  await showSession();
}

const demo = fetch('/graphiql/demo.json').then((response) => response.json());

async function demoButtons() {
  const offered = await demo;
  if (!offered) return [];
  const { accounts, password } = offered;
  const buttons = accounts.map((email) =>
    button(email.split('@')[0], () => signIn(email, password), `Sign in as ${email}`),
  );
  return [element('span', { className: 'demo' }, 'Sign in as ', ...buttons, ' or ')];
}

function draw(parts) {
  const reset = button('Reset examples', () => {
    localStorage.removeItem(TABS);
    location.reload();
  });
  panel.replaceChildren(...parts, element('span', { className: 'gap' }), reset);
}

/** Which examples somebody can try. */
function rolesOf(me, runsTenant) {
  const isAdministrator = me?.masterFlags?.includes('SYSTEM_ADMIN');
  const has = { anyone: true, member: me, owner: runsTenant || isAdministrator, administrator: isAdministrator };
  return Object.keys(globalThis.ROLES).filter((role) => has[role]);
}

/** Examples by role; each opens in a tab of its own. */
function exampleChoice(roles) {
  const groups = roles.map((role) => {
    const options = examples.filter((each) => each.role === role);
    const made = options.map(({ name }) => element('option', { value: name }, name));
    return element('optgroup', { label: globalThis.ROLES[role] }, ...made);
  });
  const select = element(
    'select',
    { ariaLabel: 'Examples' },
    element('option', { value: '' }, 'Examples …'),
    ...groups,
  );
  select.onchange = () => {
    const { name, query, variables = null } = examples.find((each) => each.name === select.value) ?? {};
    if (query) globalThis.openInTab(name, query, variables);
  };
  return select;
}

async function showSession(problem = '') {
  const { data, errors } = await ask(SESSION);
  const me = data?.me;
  const known = me || errors?.some(({ extensions }) => extensions?.code === 'ACCOUNT_SUSPENDED');
  const message = problem || (data?.tenant ? '' : reasonOf(errors, ''));
  const parts = me
    ? [
        element('strong', { title: me.email ?? '' }, me.displayName),
        ...tenantChoice(me.tenantMemberships ?? [], data.tenant),
      ]
    : [element('span', {}, `Not signed in, in ${data?.tenant?.name ?? 'no tenant'}`)];
  const tools = me ? await globalThis.operationTools(ask, element) : [];
  const choice = exampleChoice(rolesOf(me, tools.length > 0));
  const doors = known ? [button('Sign out', signOut)] : [...(await demoButtons()), signInForm()];
  const note = message ? [element('span', { className: 'problem', role: 'alert' }, message)] : [];
  draw([...parts, ...tools, ...doors, ...note, choice]);
}

/** Asks for plans where the switch says so. */
const sends = (url, init) =>
  fetch(url, globalThis.wantsPlans() ? { ...init, headers: { ...init.headers, 'x-polity-plan': '1' } } : init);

async function start() {
  const { data } = await ask(IDS);
  const ids = { tenant: data?.tenant?.id ?? 'id of the tenant', community: data?.community?.id ?? 'id of a community' };
  examples = globalThis.examplesWith(ids);
  const props = {
    fetcher: GraphiQL.createFetcher({ url: '/graphql', fetch: sends }),
    defaultTabs: examples.filter(({ isTab }) => isTab).map(({ query, variables }) => ({ query, variables })),
    schemaDescription: true,
    inputValueDeprecation: true,
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: true,
  };
  ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, props));
  await showSession();
}

void start();
