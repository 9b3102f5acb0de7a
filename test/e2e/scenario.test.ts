import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { internalRequest } from '@polity/kernel/request/acting';
import { encodeRequestInfo, serviceViewer } from '@polity/kernel/request/context';
import { deriveSubgraphKey, signRequest } from '@polity/kernel/request/signature';
import type { Browser } from '../../gateway/test/browser.ts';
import { anApplication, authorizePath, CALLBACK } from '../../gateway/test/provider-visit.ts';
import { visitor } from '../clients/visitor.ts';
import { type Installation, type Shape, startInstallation } from './installation.ts';

const PASSWORD = 'polity-demo-password';
const VOTING = join(import.meta.dirname, '../../subgraphs/voting/src/cli.ts');
const shapes: Shape[] = ['one process', 'many processes'];

interface Mail {
  to: string;
  links: string[];
}

/** Gateways know of a change within five seconds. */
async function until<Value>(wanted: Value, ask: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await ask()) === wanted) break;
    await sleep(100);
  }
  return ask();
}

describe.each(shapes)('in %s', (shape) => {
  let at: Installation;
  let [alice, bob, carol]: Browser[] = [];
  let [bobId, carolId, community, team, post]: string[] = [];

  const can = async (browser: Browser, permission: string) => {
    const variables = { permission, scope: { type: 'COMMUNITY', id: community } };
    return (await browser.get(
      'query ($permission: String!, $scope: ScopeInput!) { can(permission: $permission, scope: $scope) { allowed reason } }',
      variables,
    )) as { allowed: boolean; reason: string };
  };

  beforeAll(async () => {
    at = await startInstallation(shape);
  }, 90_000);
  afterAll(() => at?.stop(), 30_000);

  it('signs a demo account in', async () => {
    [alice, bob] = [at.browser(), at.browser()];
    expect((await alice.signIn('alice@demo.test')).data.signIn.__typename).toBe('SignedIn');
    await bob.signIn('bob@demo.test');
    bobId = (await bob.get('{ me { id } }')).id;
  });

  it('signs a newcomer up, who activates the account by the link that was mailed', async () => {
    carol = at.browser();
    const input = { email: 'carol@people.test', password: 'carols own passphrase', displayName: 'Carol' };
    await carol.get('mutation ($input: SignUpInput!) { signUp(input: $input) { email } }', { input });
    const mails: Mail[] = JSON.parse((await carol.send('GET', '/dev/mail')).text);
    const link = mails.find(({ to }) => to === input.email)?.links.find((each) => each.includes('#token='));
    const token = decodeURIComponent(link?.split('#token=')[1] ?? '');
    carolId = (await carol.get('mutation ($token: String!) { activateAccount(token: $token) { id } }', { token })).id;
    expect((await carol.signIn(input.email, input.password)).data.signIn.__typename).toBe('SignedIn');
    expect((await carol.get('{ me { id } }')).id).toBe(carolId);
  });

  it('creates a community whose creator owns it at once', async () => {
    const input = { slug: 'gardeners', name: 'Gardeners', joinPolicy: 'INVITE', visibility: 'COMMUNITY' };
    community = (
      await alice!.get('mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }', { input })
    ).id;
    expect(await can(alice!, 'portal.member.invite')).toEqual({ allowed: true, reason: 'ROLE' });
    expect((await can(bob!, 'portal.member.invite')).allowed).toBe(false);
  });

  it('lets in who was invited, and nobody else', async () => {
    const join = 'mutation ($id: ID!) { joinCommunity(id: $id) { status } }';
    expect((await carol!.ask(join, { id: community })).codes).toEqual(['NOT_FOUND']);
    const variables = { communityId: community, userId: bobId };
    const invite =
      'mutation ($communityId: ID!, $userId: ID!) { inviteToCommunity(communityId: $communityId, userId: $userId) { status } }';
    expect(await alice!.get(invite, variables)).toEqual({ status: 'INVITED' });
    expect(await bob!.get(join, { id: community })).toEqual({ status: 'ACTIVE' });
  });

  it('forms a team and posts to it', async () => {
    const input = { communityId: community, slug: 'roses', name: 'Roses' };
    team = (await alice!.get('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }', { input })).id;
    const add =
      'mutation ($teamId: ID!, $userId: ID!) { addToTeam(teamId: $teamId, userId: $userId) { user { displayName } team { slug } } }';
    expect(await alice!.get(add, { teamId: team, userId: bobId })).toEqual({
      user: { displayName: 'Bob' },
      team: { slug: 'roses' },
    });
    const created = { scope: { type: 'TEAM', id: team }, title: 'Thorns', body: 'Mind *them*.', visibility: 'TEAM' };
    post = (
      await bob!.get('mutation ($input: CreatePostInput!) { createPost(input: $input) { id author { username } } }', {
        input: created,
      })
    ).id;
  });

  it('shows the post to the team with its author, community and tenant', async () => {
    const query =
      '{ post(id: $id) { title bodyHtml author { displayName } scope { ... on Team { slug community { slug tenant { slug } } } } } }';
    expect(await alice!.get(`query ($id: ID!) ${query}`, { id: post })).toEqual({
      title: 'Thorns',
      bodyHtml: '<p>Mind <em>them</em>.</p>',
      author: { displayName: 'Bob' },
      scope: { slug: 'roses', community: { slug: 'gardeners', tenant: { slug: 'demo' } } },
    });
  });

  it('hides community, team and post from strangers as if they were not there', async () => {
    const query =
      'query ($c: ID!, $t: ID!, $p: ID!) { community(id: $c) { id } team(id: $t) { id } post(id: $p) { id } }';
    const missing = '01a1f93c-044b-7103-a64b-23ac96010cb9';
    for (const stranger of [carol!, at.browser()]) {
      const hidden = await stranger.ask(query, { c: community, t: team, p: post });
      expect(hidden.data).toEqual({ community: null, team: null, post: null });
      expect(hidden.errors).toEqual((await stranger.ask(query, { c: missing, t: missing, p: missing })).errors);
      const posts = await stranger.get('{ posts(first: 100) { edges { node { id } } } }');
      expect(posts.edges.map(({ node }: { node: { id: string } }) => node.id)).not.toContain(post);
    }
  });

  it('tells of the post at home, and where it happened, to those who may read it', async () => {
    const query = `query ($scope: ScopeInput) { feed(scope: $scope, first: 50) { edges { node {
      type summary actor { username } object { ... on Post { id title } } } } } }`;
    type Node = { object: { id?: string } | null };
    const told = async (browser: Browser, scope: object | null = null) => {
      const { data } = await browser.ask(query, { scope });
      return data.feed?.edges.map(({ node }: { node: Node }) => node).find((node: Node) => node.object?.id === post);
    };
    const entry = {
      type: 'portal.post.created',
      summary: 'Bob posted “Thorns”',
      actor: { username: 'bob' },
      object: { id: post, title: 'Thorns' },
    };
    await until(true, async () => Boolean(await told(bob!)));
    expect(await told(bob!)).toEqual(entry);
    expect(await bob!.get('{ unreadCount }')).toBeGreaterThan(0);
    // Alice owns the community and sees what its teams post, but it is no news of hers.
    const scope = { type: 'TEAM', id: team };
    expect([await told(alice!), await told(alice!, scope)]).toEqual([undefined, entry]);
    for (const stranger of [carol!, at.browser()]) expect(await told(stranger, scope)).toBeUndefined();
  });

  it('decides by a poll without names, which whoever has the export counts again', async () => {
    const options = ['Oak', 'Elm'].map((title) => ({ title }));
    const scope = { type: 'COMMUNITY', id: community };
    const input = { scope, title: 'A tree', method: 'RANKED', anonymous: true, visibility: 'COMMUNITY', options };
    const create = 'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id options { id title } } }';
    const poll = await alice!.get(create, { input });
    const [oak, elm] = ['Oak', 'Elm'].map(
      (wanted) => poll.options.find((each: { title: string }) => each.title === wanted).id,
    );
    await alice!.get('mutation ($id: ID!) { openPoll(id: $id) { id } }', { id: poll.id });
    const cast = 'mutation ($input: CastVoteInput!) { castVote(input: $input) { receipt } }';
    const receipts: string[] = [];
    for (const voter of [alice!, bob!])
      receipts.push((await voter.get(cast, { input: { pollId: poll.id, ranking: [[elm], [oak]] } })).receipt);
    await alice!.get('mutation ($id: ID!) { closePoll(id: $id) { id } }', { id: poll.id });
    const shown =
      'query ($id: ID!) { poll(id: $id) { results { winners { title } } turnout { cast } export(format: JSON) } }';
    await until(true, async () => Boolean((await bob!.get(shown, { id: poll.id })).results));
    const { results, turnout, export: exported } = await bob!.get(shown, { id: poll.id });
    expect([results.winners, turnout.cast]).toEqual([[{ title: 'Elm' }], 2]);
    const verify =
      'query ($id: ID!, $receipt: String!) { verifyReceipt(pollId: $id, receipt: $receipt) { authentic missing } }';
    for (const receipt of receipts)
      expect(await bob!.get(verify, { id: poll.id, receipt })).toEqual({ authentic: true, missing: [] });
    const file = join(mkdtempSync(join(tmpdir(), 'polity-poll-')), 'poll.json');
    writeFileSync(file, exported);
    const { rule } = JSON.parse(exported).poll;
    const counted = spawnSync(process.execPath, [VOTING, 'count', file, '--rule', rule, '--json'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(counted.stdout).winners).toEqual(['Elm']);
    expect(await carol!.get('query ($id: ID!) { poll(id: $id) { id } }', { id: poll.id })).toBeNull();
  });

  it('fills an event in order, and calendar programs read it by an address that only its person has', async () => {
    const times = { startsAt: '2099-05-07T18:00:00Z', endsAt: '2099-05-07T20:00:00Z', timeZone: 'Europe/Berlin' };
    const input = { scope: { type: 'COMMUNITY', id: community }, title: 'Planting', capacity: 1, ...times };
    const create = 'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }';
    const { id } = await alice!.get(create, { input });
    const going =
      'mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: GOING) { myRsvp rsvpCounts { going waitlisted } } }';
    expect(await bob!.get(going, { id })).toEqual({ myRsvp: 'GOING', rsvpCounts: { going: 1, waitlisted: 0 } });
    expect(await alice!.get(going, { id })).toEqual({ myRsvp: 'WAITLISTED', rsvpCounts: { going: 1, waitlisted: 1 } });
    await bob!.get('mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: NOT_GOING) { id } }', { id });
    expect((await alice!.get('query ($id: ID!) { event(id: $id) { myRsvp } }', { id })).myRsvp).toBe('GOING');
    expect(await carol!.get('query ($id: ID!) { event(id: $id) { id } }', { id })).toBeNull();
    const { pathname } = new URL(await alice!.get('{ calendarFeedUrl }'));
    const feed = await at.browser().send('GET', pathname);
    expect([feed.status, feed.text.includes('SUMMARY:Planting')]).toEqual([200, true]);
    const again = await at.browser().send('GET', pathname, { 'if-none-match': String(feed.headers.etag) });
    expect(again.status).toBe(304);
    await alice!.get('mutation { rotateCalendarFeed }');
    expect((await at.browser().send('GET', pathname)).status).toBe(404);
  });

  it('binds a role that counts in the very next request, and unbinds it with the same effect', async () => {
    const invite = 'mutation ($c: ID!, $u: ID!) { inviteToCommunity(communityId: $c, userId: $u) { status } }';
    const variables = { c: community, u: carolId };
    expect((await bob!.ask(invite, variables)).codes).toEqual(['FORBIDDEN']);
    const input = {
      userId: bobId,
      roleKey: 'portal.moderator',
      scope: { type: 'COMMUNITY', id: community },
      reason: 'helps out',
    };
    const owner = at.browser();
    await owner.signIn('admin@demo.test');
    const { id } = await owner.get('mutation ($input: BindRoleInput!) { bindRole(input: $input) { id } }', { input });
    expect(await can(bob!, 'portal.member.invite')).toEqual({ allowed: true, reason: 'ROLE' });
    expect(await bob!.get(invite, variables)).toEqual({ status: 'INVITED' });
    expect(await owner.get('mutation ($id: ID!) { unbindRole(id: $id) { id } }', { id })).toEqual({ id });
    expect((await can(bob!, 'portal.member.invite')).allowed).toBe(false);
    const remove = 'mutation ($c: ID!, $u: ID!) { removeFromCommunity(communityId: $c, userId: $u) { id } }';
    expect((await bob!.ask(remove, variables)).codes).toEqual(['FORBIDDEN']);
  });

  it('runs an operation by its id once it is published, and no more once it is retired', async () => {
    const admin = at.browser();
    await admin.signIn('admin@demo.test');
    const text = 'query Published($slug: String) { tenant(slug: $slug) { slug } }';
    const documentId = hash('sha256', text);
    const byId = async () => {
      const body = JSON.stringify({ documentId, variables: { slug: 'demo' } });
      const { data, codes } = await at.browser().send('POST', '/graphql', { 'content-type': 'application/json' }, body);
      return codes[0] ?? data.tenant.slug;
    };
    expect(await byId()).toBe('PERSISTED_QUERY_NOT_FOUND');
    const input = { manifest: { [documentId]: text } };
    await admin.get('mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }', {
      input,
    });
    expect(await until('demo', byId)).toBe('demo');
    await admin.get('mutation ($ids: [ID!]!) { retireOperations(ids: $ids) }', { ids: [documentId] });
    expect(await until('PERSISTED_QUERY_NOT_FOUND', byId)).toBe('PERSISTED_QUERY_NOT_FOUND');
  }, 30_000);

  it('revokes a session, whose cookie is dead at once', async () => {
    const phone = at.browser();
    await phone.signIn('bob@demo.test', PASSWORD);
    const { sessions } = await phone.get('{ me { sessions { id current } } }');
    const { id } = sessions.find(({ current }: { current: boolean }) => current);
    expect(await bob!.get('mutation ($id: ID!) { revokeSession(id: $id) { id } }', { id })).toEqual({ id });
    expect(await phone.get('{ me { id } }')).toBeNull();
    expect(await bob!.get('{ me { id } }')).toEqual({ id: bobId });
  });

  it('revokes a token, which is dead at once though it was good a moment ago', async () => {
    const create =
      'mutation { createPersonalToken(input: { name: "script", scopes: ["graph.read"] }) { secret personalToken { id } } }';
    const { secret, personalToken } = await bob!.get(create);
    const withToken = () => at.browser().ask('{ me { id } }', {}, { authorization: `Bearer ${secret}` });
    for (let n = 0; n < 2; n++) expect((await withToken()).data).toEqual({ me: { id: bobId } });
    expect(
      await bob!.get('mutation ($id: ID!) { revokePersonalToken(id: $id) { id } }', { id: personalToken.id }),
    ).toEqual({ id: personalToken.id });
    expect((await withToken()).status).toBe(401);
  });

  it('sends a person through an application, with one sign-in for both and one sign-out', async () => {
    const admin = at.browser();
    await admin.signIn('admin@demo.test', PASSWORD);
    const clientId = await anApplication(admin);
    const origin = `http://localhost:${at.port}`;
    const person = visitor({ email: 'alice@demo.test', password: PASSWORD });
    const answer = async (more: Record<string, string> = {}) =>
      (await person.go(`${origin}${authorizePath(clientId, more)}`, CALLBACK)).url.searchParams;
    expect((await answer()).get('code')).toBeTruthy();
    expect((await answer({ prompt: 'none' })).get('code')).toBeTruthy();
    const ask = async (query: string) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await person.send(`${origin}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      return (await reply.json()) as unknown;
    };
    expect(await ask('{ me { email } }')).toEqual({ data: { me: { email: 'alice@demo.test' } } });
    expect(await ask('mutation { signOut }')).toEqual({ data: { signOut: true } });
    expect((await answer({ prompt: 'none' })).get('error')).toBe('login_required');
  }, 30_000);

  if (shape === 'one process') return;

  describe('a request to a subgraph itself', () => {
    const body = JSON.stringify({ query: '{ _service { sdl } }' });
    const info = { ...internalRequest(null), viewer: serviceViewer('gateway') };
    let installation = '';

    beforeAll(async () => {
      installation = await at.key();
    });

    async function send(headers: Record<string, string>, text = body) {
      const answer = await fetch(`http://127.0.0.1:${at.subgraphPort('portal')}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text,
      });
      return { status: answer.status, text: await answer.text() };
    }

    function signed({ name = 'portal', now = new Date(), nonce = undefined as string | undefined } = {}) {
      const key = { id: 'polity-1', secret: deriveSubgraphKey(installation, name) };
      const target = { method: 'POST', authority: `127.0.0.1:${at.subgraphPort('portal')}`, path: '/graphql' };
      return signRequest({
        ...target,
        body,
        contextHeader: encodeRequestInfo(info),
        key,
        now,
        ...(nonce ? { nonce } : {}),
      });
    }

    const REFUSAL = { status: 401, text: '{"errors":[{"message":"Unauthorized"}]}' };

    it('is answered when it is signed', async () => {
      const { status, text } = await send(signed());
      expect([status, JSON.parse(text).data._service.sdl.includes('type Post')]).toEqual([200, true]);
    });

    it('gets one constant 401 when the signature is missing, wrong, expired, early, or for something else', async () => {
      const minute = 60_000;
      const refused = [
        {},
        { 'x-polity-context': encodeRequestInfo(info) },
        { ...signed(), signature: 'sg=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:' },
        signed({ name: 'identity' }),
        signed({ now: new Date(Date.now() - minute) }),
        signed({ now: new Date(Date.now() + minute) }),
        { ...signed(), 'x-polity-context': encodeRequestInfo({ ...info, tenantId: 'another' }) },
      ];
      for (const headers of refused) expect(await send(headers)).toEqual(REFUSAL);
      expect(await send(signed(), body.replace('sdl', 'sdl '))).toEqual(REFUSAL);
    });

    it('acts once: a replay gets the same 401', async () => {
      const headers = signed();
      expect((await send(headers)).status).toBe(200);
      expect(await send(headers)).toEqual(REFUSAL);
    });
  });

  describe('a subgraph that was killed', () => {
    beforeAll(() => at.kill('portal'));

    it('leaves the others unaffected and is named by a code where it is missed', async () => {
      const { data, codes, text } = await alice!.ask(
        '{ me { email } tenant { slug } posts { edges { cursor } } graphVersion }',
      );
      expect(data).toEqual({
        me: { email: 'alice@demo.test' },
        tenant: { slug: 'demo' },
        posts: null,
        graphVersion: expect.any(String),
      });
      expect(codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
      expect(text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
      expect(
        (
          await alice!.ask(
            '{ me { email } can(permission: "portal.community.create", scope: { type: TENANT, id: "x" }) { reason } }',
          )
        ).data,
      ).toMatchObject({ can: { reason: 'NO_GRANT' } });
      const dave = at.browser();
      expect((await dave.signIn('bob@demo.test')).errors).toEqual([]);
      expect(await dave.get('mutation { signOut }')).toBe(true);
    });

    it('is started again', async () => {
      const posts = async () => (await alice!.ask('{ posts { edges { cursor } } }')).data?.posts;
      while (!(await posts())) await new Promise((resolve) => setTimeout(resolve, 100));
    }, 120_000);
  });
});
