import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';
import { openPageBrowser, type PageBrowser } from './page-browser.ts';
import {
  type Answers,
  begin,
  leadsTo,
  signInAt,
  startProvider,
  type UpstreamProvider,
  visitProvider,
} from './upstream-provider.ts';

const PASSWORD = 'polity-demo-password';
const CREATE_TENANT = 'mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id slug } }';
const CREATE =
  'mutation ($input: CreateUpstreamProviderInput!) { createUpstreamProvider(input: $input) { id redirectUri } }';
const ME = '{ me { id username email tenantMemberships { tenant { slug } } upstreamLinks { id label } } }';
const ACME = { 'x-tenant': 'acme' };

let at: GatewayWorld;
let provider: UpstreamProvider;
/** Owner of the tenant acme, who chose the provider. */
let owner: Browser;
let key: string;
let page: PageBrowser;

beforeAll(async () => {
  provider = await startProvider();
  at = await startGatewayWorld({ world: { env: { OUTBOUND_ALLOW: 'localhost, 127.0.0.1, ::1' } } });
  owner = await at.person('alice');
  for (const slug of ['acme', 'other'])
    await owner.get(CREATE_TENANT, { input: { slug, name: slug, signUpPolicy: 'OPEN' } });
  key = await chooseProvider();
});
beforeEach(() => {
  page = openPageBrowser(at.port);
});
afterAll(async () => {
  await at?.close();
  await provider?.close();
});

async function chooseProvider(more: object = {}, tenant = 'acme'): Promise<string> {
  const input = {
    name: 'Corporate',
    issuer: provider.issuer,
    clientId: 'polity',
    clientSecret: 'quite-secret',
    ...more,
  };
  const { id } = await owner.get(CREATE, { input }, { 'x-tenant': tenant });
  return id;
}

/** The graph as the browser of these pages. */
function graphOf(pages: PageBrowser): Browser {
  const browser = at.browser();
  browser.cookie = pages.cookies.get('polity') ?? null;
  return browser;
}

async function demoSignIn(who: PageBrowser, email: string): Promise<void> {
  await who.open('/account/sign-in?tenant=acme');
  await who.submit('/account/sign-in', { email, password: PASSWORD, act: 'password' });
}

/** Links the account of this browser with whoever the provider speaks of now. */
async function link(who: PageBrowser, tenant = 'acme', which = key) {
  await who.open(`/account?tenant=${tenant}`);
  const seen = await who.submit('/account/upstream', { act: 'link', provider: which });
  return who.open(await visitProvider(leadsTo(seen)));
}

test('somebody new signs up by the provider of a tenant, without an address, which its mailbox confirms', async () => {
  await provider.answers({ claims: { sub: 'ada', email: 'ada@people.test', name: 'Ada', preferred_username: 'ada' } });
  const seen = await signInAt(page, key);
  expect([seen.status, seen.title]).toEqual([200, 'Your account']);
  const { username, email, tenantMemberships } = await graphOf(page).get(ME);
  expect([username, email]).toEqual(['ada', null]);
  expect(tenantMemberships).toEqual([{ tenant: { slug: 'acme' } }]);
  const { mails } = at.world.subgraph('identity').ports as never as { mails: object };
  expect(mails).toBeDefined();
  const again = openPageBrowser(at.port);
  await signInAt(again, key);
  expect((await graphOf(again).get(ME)).username).toBe('ada');
});

test('an address of somebody else links nothing, verified or not', async () => {
  await provider.answers({
    claims: { sub: 'mallory', email: 'bob@demo.test', email_verified: true, preferred_username: 'bob' },
  });
  await signInAt(page, key);
  const mallory = await graphOf(page).get(ME);
  const bob = await (await at.person('bob')).get(ME);
  expect(mallory.id).not.toBe(bob.id);
  expect([mallory.email, bob.upstreamLinks]).toEqual([null, []]);
});

const refusals: [string, Answers][] = [
  ['an ID token of another issuer', { claims: { iss: 'https://evil.example' } }],
  ['an ID token for another client', { claims: { aud: 'another' } }],
  ['an ID token for several clients without saying which', { claims: { aud: ['polity', 'another'] } }],
  ['another nonce', { claims: { nonce: 'replayed' } }],
  ['no nonce', { claims: { nonce: null } }],
  ['an ID token that is over', { claims: { exp: 1_700_000_000 } }],
  ['a signature of another key', { forge: 'signature' }],
  ['no signature', { forge: 'none' }],
  ['nobody', { claims: { sub: null } }],
  ['an answer of another issuer (mix-up)', { redirect: { iss: 'https://evil.example' } }],
  ['claims of somebody else at the userinfo endpoint', { userinfo: { sub: 'somebody else', email: 'a@b.test' } }],
  ['a refusal of the code', { status: 400 }],
];

test.each(refusals)('%s signs nobody in', async (_what, answers) => {
  await provider.answers({ ...answers, claims: { sub: 'refused', ...answers.claims } });
  const seen = await signInAt(page, key);
  expect([seen.status, seen.alert]).toEqual([400, expect.stringContaining('was not accepted')]);
  expect(page.cookies.has('polity')).toBe(false);
});

describe('what came back', () => {
  beforeEach(() => provider.answers({ claims: { sub: 'returning', preferred_username: 'returning' } }));

  test('is good once', async () => {
    const back = await begin(page, key);
    expect((await page.open(back)).title).toBe('Your account');
    page.cookies.delete('polity');
    expect((await page.open(back)).status).toBe(400);
    expect(page.cookies.has('polity')).toBe(false);
  });

  test('is good in the browser that began only', async () => {
    const back = await begin(page, key);
    const other = openPageBrowser(at.port);
    expect((await other.open(back)).status).toBe(400);
    await begin(other, key);
    expect((await other.open(back)).status).toBe(400);
    expect(other.cookies.has('polity')).toBe(false);
    expect((await page.open(back)).title).toBe('Your account');
  });

  test('is good for its own provider and tenant only', async () => {
    const second = await chooseProvider({ name: 'Second' });
    const back = await begin(page, key);
    expect((await page.open(back.replace(key, second))).status).toBe(400);
    const foreign = await chooseProvider({ name: 'Foreign' }, 'other');
    await page.open('/account/sign-in?tenant=acme');
    const refused = await page.submit('/account/upstream', { provider: foreign }).catch(() => null);
    const direct = await at.browser().ask(BEGIN, { input: { provider: foreign } }, ACME);
    expect(direct.codes).toEqual(['NOT_FOUND']);
    expect(refused?.html ?? '').not.toContain('http-equiv');
  });

  test('makes one account of twenty at once', async () => {
    await provider.answers({ claims: { sub: 'twenty', preferred_username: 'twenty' } });
    const browsers = Array.from({ length: 20 }, () => openPageBrowser(at.port));
    const backs: string[] = [];
    for (const browser of browsers) backs.push(await begin(browser, key));
    const seen = await Promise.all(browsers.map((browser, index) => browser.open(backs[index] as string)));
    expect(seen.map(({ title }) => title)).toEqual(browsers.map(() => 'Your account'));
    const ids = await Promise.all(browsers.map(async (browser) => (await graphOf(browser).get(ME)).id));
    expect(new Set(ids).size).toBe(1);
  });
});

const BEGIN = 'mutation ($input: BeginUpstreamSignInInput!) { beginUpstreamSignIn(input: $input) { url } }';

describe('an account that was there before', () => {
  let bob: PageBrowser;
  beforeAll(async () => {
    bob = openPageBrowser(at.port);
    await demoSignIn(bob, 'bob@demo.test');
    await graphOf(bob).get('mutation { joinTenant(slug: "acme") { status } }');
    await provider.answers({ claims: { sub: 'bob-at-corp', email: 'bob@corp.test' } });
  });

  test('is linked from a fresh session of its own, with one effect of twenty at once', async () => {
    const backs: string[] = [];
    for (let count = 0; count < 20; count++) {
      await bob.open('/account?tenant=acme');
      backs.push(await visitProvider(leadsTo(await bob.submit('/account/upstream', { act: 'link', provider: key }))));
      const kept = bob.cookies.get('polity-upstream') as string;
      backs[count] += `#${kept}`;
    }
    const codes = await Promise.all(
      backs.map(async (back) => {
        const [path = '', kept = ''] = back.split('#');
        const given = new URL(path, 'http://localhost').searchParams;
        const input = {
          provider: key,
          stateSecret: given.get('state'),
          code: given.get('code'),
          browser: kept.split('.')[1],
        };
        const { codes } = await graphOf(bob).ask(FINISH_LINK, { input }, ACME);
        return codes[0] ?? 'linked';
      }),
    );
    expect(codes.filter((code) => code === 'linked')).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(19);
    expect((await graphOf(bob).get(ME)).upstreamLinks).toEqual([expect.objectContaining({ label: 'bob@corp.test' })]);
  });

  test('is opened in the tenant only, and no further than the word of its provider goes', async () => {
    await provider.answers({ claims: { sub: 'bob-at-corp' } });
    const seen = await signInAt(page, key);
    expect(seen.at).toContain('/account/reauthenticate');
    const session = graphOf(page);
    expect(await session.get('{ me { username email tenantMemberships { status } } }')).toEqual({
      username: 'bob',
      email: null,
      tenantMemberships: null,
    });
    expect((await session.ask('{ me { id } }', {}, { 'x-tenant': 'demo' })).codes).toEqual(['TENANT_MISMATCH']);
    const refused = [
      ['mutation { switchTenant(slug: "demo") { slug } }', 'STEP_UP_REQUIRED'],
      ['mutation { changeEmail(newEmail: "evil@corp.test") }', 'STEP_UP_REQUIRED'],
      ['mutation { createTenant(input: { slug: "mine", name: "Mine" }) { id } }', 'STEP_UP_REQUIRED'],
      ['mutation { beginTotpEnrolment { secret } }', 'STEP_UP_REQUIRED'],
      ['{ personalTokens { edges { node { id } } } }', 'STEP_UP_REQUIRED'],
    ];
    for (const [query, code] of refused)
      expect([query, (await session.ask(query as string)).codes[0]]).toEqual([query, code]);
    const proved = await page.submit('/account/reauthenticate', { password: PASSWORD });
    expect([proved.at, proved.title]).toEqual(['/account', 'Your account']);
    const own = graphOf(page);
    expect((await own.get(ME)).email).toBe('bob@demo.test');
    // Proved or not, it began in one tenant and stays there.
    expect((await own.ask('{ me { id } }', {}, { 'x-tenant': 'demo' })).codes).toEqual(['TENANT_MISMATCH']);
    expect((await own.ask('mutation { switchTenant(slug: "demo") { slug } }')).codes).toEqual(['CONFLICT']);
    expect((await own.ask('mutation { createTenant(input: { slug: "mine", name: "Mine" }) { id } }')).codes).toEqual([
      'CONFLICT',
    ]);
  });

  test('is not linked twice, and not with what another account has', async () => {
    await provider.answers({ claims: { sub: 'bob-elsewhere' } });
    expect((await link(bob)).status).toBe(400);
    const alice = openPageBrowser(at.port);
    await demoSignIn(alice, 'alice@demo.test');
    await provider.answers({ claims: { sub: 'bob-at-corp' } });
    expect((await link(alice)).status).toBe(400);
    expect((await graphOf(alice).get(ME)).upstreamLinks).toEqual([]);
  });

  test('is linked in the session that began only', async () => {
    const alice = openPageBrowser(at.port);
    await demoSignIn(alice, 'alice@demo.test');
    await alice.open('/account?tenant=acme');
    await provider.answers({ claims: { sub: 'alice-at-corp' } });
    const back = await visitProvider(leadsTo(await alice.submit('/account/upstream', { act: 'link', provider: key })));
    const root = openPageBrowser(at.port);
    await demoSignIn(root, 'root@demo.test');
    root.cookies.set('polity-upstream', alice.cookies.get('polity-upstream') as string);
    expect((await root.open(back)).status).toBe(400);
    expect((await graphOf(root).get(ME)).upstreamLinks).toEqual([]);
    expect((await alice.open(back)).html).toContain('Linked.');
  });

  test('administers nothing by the word of a tenant', async () => {
    const root = openPageBrowser(at.port);
    await demoSignIn(root, 'root@demo.test');
    await provider.answers({ claims: { sub: 'root-at-corp' } });
    expect((await link(root)).html).toContain('Linked.');
    await signInAt(page, key);
    const { codes } = await graphOf(page).ask('{ users { edges { node { id } } } }');
    expect(codes).toEqual(['FORBIDDEN']);
    expect((await graphOf(root).get('{ users { edges { node { id } } } }')).edges.length).toBeGreaterThan(3);
  });

  test('is unlinked, which ends what came in by it', async () => {
    await provider.answers({ claims: { sub: 'bob-at-corp' } });
    await signInAt(page, key);
    expect((await graphOf(page).get('{ me { username } }')).username).toBe('bob');
    const [{ id }] = (await graphOf(bob).get(ME)).upstreamLinks;
    await bob.open('/account?tenant=acme');
    expect((await bob.submit('/account', { act: 'unlink', id })).html).toContain('Done.');
    expect(await graphOf(page).get('{ me { username } }')).toBeNull();
    await signInAt(page, key);
    expect((await graphOf(page).get('{ me { username } }')).username).not.toBe('bob');
  });
});

const FINISH_LINK = 'mutation ($input: FinishUpstreamLinkInput!) { finishUpstreamLink(input: $input) { id } }';

test('the last way in is never taken away', async () => {
  await provider.answers({ claims: { sub: 'only-way', preferred_username: 'only-way' } });
  await signInAt(page, key);
  const me = await graphOf(page).get(ME);
  const unlink = 'mutation ($id: ID!) { unlinkUpstream(id: $id) { id } }';
  expect((await graphOf(page).ask(unlink, { id: me.upstreamLinks[0].id })).codes).toEqual(['LAST_SIGN_IN_METHOD']);
  const remove = 'mutation ($id: ID!) { deleteUpstreamProvider(id: $id) { id } }';
  const refused = await owner.ask(remove, { id: key }, ACME);
  expect([refused.codes, refused.errors[0].extensions.details.accounts]).toEqual([['CONFLICT'], expect.any(Number)]);
});

test('the second factor of the person is asked for', async () => {
  const guarded = await chooseProvider({ name: 'Guarded' }, 'other');
  const signInPage = '/account/sign-in?tenant=other';
  await provider.answers({ claims: { sub: 'careful', preferred_username: 'careful' } });
  await signInAt(page, guarded, signInPage);
  const { id } = await graphOf(page).get(ME);
  await owner.get('mutation { updateTenant(input: { mfaRequired: true }) { id } }', {}, { 'x-tenant': 'other' });
  const later = openPageBrowser(at.port);
  expect((await signInAt(later, guarded, signInPage)).title).toBe('Set up an authenticator app');
  expect(later.cookies.has('polity')).toBe(false);
  // Somebody whose account the provider did not make would get a lock of its choice.
  const em = at.world.subgraph('identity').runtime.em(null);
  await em.execute('update upstream_link set founding = false where user_id = ?', [id]);
  expect((await signInAt(later, guarded, signInPage)).alert).toContain('A second factor is needed');
});

test('domains that are not let in are refused, and so are addresses that nobody confirmed', async () => {
  const strict = await chooseProvider({ name: 'Strict', allowedDomains: ['corp.test'] });
  const tries: [object, number][] = [
    [{ email: 'a@corp.test', email_verified: true }, 200],
    [{ email: 'a@corp.test', email_verified: false }, 400],
    [{ email: 'a@corp.test' }, 400],
    [{ email: 'a@evil.test', email_verified: true }, 400],
    [{ email: 'a@corp.test@evil.test', email_verified: true }, 400],
    [{}, 400],
  ];
  for (const [claims, status] of tries) {
    await provider.answers({ claims: { sub: 'strict', ...claims } });
    expect([claims, (await signInAt(openPageBrowser(at.port), strict)).status]).toEqual([claims, status]);
  }
});

test("who may sign up is the tenant's to say", async () => {
  const setPolicy = (signUpPolicy: string) =>
    owner.get(
      'mutation ($p: SignUpPolicy) { updateTenant(input: { signUpPolicy: $p }) { id } }',
      { p: signUpPolicy },
      ACME,
    );
  await provider.answers({ claims: { sub: 'uninvited', preferred_username: 'uninvited' } });
  try {
    for (const policy of ['CLOSED', 'INVITATION']) {
      await setPolicy(policy);
      expect((await signInAt(openPageBrowser(at.port), key)).alert).toContain('No account here is linked');
    }
    const { token } = await owner.get('mutation { createInvitation(input: {}) { token } }', {}, ACME);
    await page.open('/account/invitation?tenant=acme');
    await page.submit('/account/invitation', { token, act: 'look' });
    const back = await visitProvider(leadsTo(await page.submit('/account/upstream', { provider: key })));
    await page.open(back);
    expect((await graphOf(page).get(ME)).tenantMemberships).toEqual([{ tenant: { slug: 'acme' } }]);
  } finally {
    await setPolicy('OPEN');
  }
});

test('at the host of a tenant the browser comes back there', async () => {
  await provider.answers({ claims: { sub: 'hosted', preferred_username: 'hosted' } });
  const browser = at.browser('acme.localhost:4000');
  const begun = await browser.get(
    'mutation ($input: BeginUpstreamSignInInput!) { beginUpstreamSignIn(input: $input) { url browser } }',
    { input: { provider: key, tenantHost: true } },
  );
  const back = await visitProvider(begun.url);
  const bounced = await page.open(back);
  expect(bounced.at).toBe(`http://acme.localhost:4000${back}`);
  const answer = await browser.send('GET', back, { cookie: `polity-upstream=sign-in.${begun.browser}.-.-` });
  expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
});

test('a provider is chosen by those who may, and answers as one', async () => {
  const bob = await at.person('bob');
  const input = { name: 'Mine', issuer: provider.issuer, clientId: 'x', clientSecret: 'y' };
  expect((await bob.ask(CREATE, { input }, ACME)).codes).toEqual(['FORBIDDEN']);
  for (const issuer of [
    `${provider.issuer}/nowhere`,
    'https://10.0.0.1',
    'ftp://x.test',
    'no address',
    `${provider.issuer}?x=1`,
  ]) {
    const refused = await owner.ask(CREATE, { input: { ...input, issuer } }, ACME);
    expect([issuer, refused.codes]).toEqual([issuer, ['VALIDATION_ERROR']]);
  }
  const listed = await owner.get('{ upstreamProviders { edges { node { name issuer clientId } } } }', {}, ACME);
  expect(JSON.stringify(listed)).not.toContain('quite-secret');
  const em = at.world.subgraph('identity').runtime.em(null);
  expect(JSON.stringify(await em.execute('select * from upstream_link'))).not.toContain('quite-secret');
});
