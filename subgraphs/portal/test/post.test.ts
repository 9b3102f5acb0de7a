import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, serviceViewer, type Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aPost, aTeam, aTeamMember, CREATE_POST, LEAVE, POST } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const UPDATE = `mutation ($id: ID!, $input: UpdatePostInput!) { updatePost(id: $id, input: $input) {
  title body bodyHtml visibility editedAt viewerCanEdit } }`;
const DELETE =
  'mutation ($id: ID!) { deletePost(id: $id) { id title body author { id } scope { ... on Community { id name } } viewerCanEdit } }';
const EDITABLE = 'query ($id: ID!) { post(id: $id) { viewerCanEdit } }';

async function scene() {
  const owner = await portal.person();
  const community = await aCommunity(portal, owner, { visibility: 'COMMUNITY' });
  const team = await aTeam(portal, community, owner);
  const member = await aMember(portal, community, owner);
  const teamMember = await aTeamMember(portal, community, team, owner);
  const at = { community: { type: 'COMMUNITY', id: community.id }, team: { type: 'TEAM', id: team.id } };
  return { owner, community, team, member, teamMember, at };
}

const tenant = () => ({ type: 'TENANT', id: portal.tenantId });

describe('createPost', () => {
  it('posts Markdown at a community and shows it as safe HTML', async () => {
    const { member, at } = await scene();
    const input = { scope: at.community, title: ' Hello ', body: '**bold** <script>alert(1)</script>' };
    expect(await portal.get(member, CREATE_POST, { input })).toMatchObject({
      title: 'Hello',
      body: input.body,
      bodyHtml: '<p><strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>',
      visibility: 'COMMUNITY',
      editedAt: null,
      author: { id: member.id },
      scope: { __typename: 'Community', id: at.community.id },
    });
  });

  it('takes the longest text and the costliest, without a word', async () => {
    const { member, at } = await scene();
    const body = '_a*'.repeat(16_666);
    const post = await portal.get(member, CREATE_POST, { input: { scope: at.community, title: 'T', body } });
    expect(post).toMatchObject({ body, bodyHtml: `<p>${body}</p>` });
  });

  it('is for the members of the scope unless said otherwise', async () => {
    const { owner, teamMember, at } = await scene();
    const admin = await portal.person('tenant.owner');
    const made = (viewer: Viewer, scope: object, visibility?: string) =>
      portal.get(viewer, CREATE_POST, { input: { scope, title: 'T', body: 'B', visibility } });
    expect(await made(teamMember, at.team)).toMatchObject({
      visibility: 'TEAM',
      scope: { __typename: 'Team', id: at.team.id },
    });
    expect(await made(admin, tenant())).toMatchObject({
      visibility: 'COMMUNITY',
      scope: { __typename: 'Tenant', id: portal.tenantId },
    });
    expect(await made(owner, at.team, 'PUBLIC')).toMatchObject({ visibility: 'PUBLIC' });
  });

  it.each([
    ['title', { title: ' ' }],
    ['title', { title: 'x'.repeat(201) }],
    ['body', { body: ' ' }],
    ['body', { body: 'x'.repeat(50_001) }],
    ['body', { body: '>'.repeat(50_000) }],
    ['body', { body: `${'|a'.repeat(1_000)}\n${'|-'.repeat(1_000)}\n${'a\n'.repeat(22_900)}` }],
    ['visibility', { visibility: 'TEAM' }],
  ])('names %s as the field in breach (case %#)', async (field, more) => {
    const { member, at } = await scene();
    const reply = await portal.ask(member, CREATE_POST, {
      input: { scope: at.community, title: 'T', body: 'B', ...more },
    });
    expect(reply.errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: { [field]: expect.any(String) } },
    });
  });

  it('is refused to whoever does not belong to the scope, as missing where it is hidden', async () => {
    const { member, community, at } = await scene();
    const stranger = await portal.person();
    const post = (viewer: Viewer, scope: object) =>
      portal.codeOf(viewer, CREATE_POST, { input: { scope, title: 'T', body: 'B' } });
    expect(await post(anonymous, at.community)).toBe('UNAUTHENTICATED');
    expect(await post(member, at.team)).toBe('FORBIDDEN');
    expect(await post(member, tenant())).toBe('FORBIDDEN');
    for (const scope of [
      at.community,
      at.team,
      { type: 'TEAM', id: community.id },
      { type: 'COMMUNITY', id: uuidv7() },
      { type: 'TENANT', id: uuidv7() },
    ]) {
      expect(await post(stranger, scope)).toBe('NOT_FOUND');
    }
  });
});

describe('updatePost', () => {
  it('changes what is given and says when', async () => {
    const { member, at } = await scene();
    const { id } = await aPost(portal, member, at.community);
    const changed = await portal.get(member, UPDATE, { id, input: { body: '# New', visibility: 'PUBLIC' } });
    expect(changed).toEqual({
      title: 'A post',
      body: '# New',
      bodyHtml: '<h1>New</h1>',
      visibility: 'PUBLIC',
      editedAt: expect.any(String),
      viewerCanEdit: true,
    });
  });

  it('refuses invalid input, readers, strangers and what is missing', async () => {
    const { owner, member, teamMember, at } = await scene();
    const { id } = await aPost(portal, teamMember, at.community);
    const update = (viewer: Viewer, input: object = { title: 'Mine' }, post = id) =>
      portal.codeOf(viewer, UPDATE, { id: post, input });
    expect(await update(teamMember, { title: '' })).toBe('VALIDATION_ERROR');
    expect(await update(teamMember, { visibility: 'TEAM' })).toBe('VALIDATION_ERROR');
    expect(await update(member)).toBe('FORBIDDEN');
    expect(await update(await portal.person())).toBe('NOT_FOUND');
    expect(await update(owner, {}, uuidv7())).toBe('NOT_FOUND');
    expect(await update(owner)).toBeNull();
  });

  it('is over for an author who left', async () => {
    const { community, member, at } = await scene();
    const { id } = await aPost(portal, member, at.community, { visibility: 'PUBLIC' });
    await portal.get(member, LEAVE, { id: community.id });
    expect(await portal.get(member, EDITABLE, { id })).toEqual({ viewerCanEdit: false });
    expect(await portal.codeOf(member, UPDATE, { id, input: { title: 'Late' } })).toBe('FORBIDDEN');
  });
});

describe('deletePost', () => {
  it('is for the author and for those who manage the posts', async () => {
    const { owner, member, teamMember, at } = await scene();
    const own = await aPost(portal, member, at.community);
    const managed = await aPost(portal, member, at.community);
    expect(await portal.codeOf(teamMember, DELETE, { id: own.id })).toBe('FORBIDDEN');
    expect(await portal.codeOf(await portal.person(), DELETE, { id: own.id })).toBe('NOT_FOUND');
    expect(await portal.get(member, DELETE, { id: own.id })).toEqual({
      id: own.id,
      title: 'A post',
      body: 'Some *text*',
      author: { id: member.id },
      scope: { id: at.community.id, name: 'A community' },
      viewerCanEdit: true,
    });
    expect(await portal.get(owner, DELETE, { id: managed.id })).toMatchObject({ id: managed.id });
    expect(await portal.get(owner, POST, { id: own.id })).toBeNull();
    expect(await portal.codeOf(member, DELETE, { id: own.id })).toBe('NOT_FOUND');
  });

  it('happens once of twenty at once', async () => {
    const { member, at } = await scene();
    const { id } = await aPost(portal, member, at.community);
    const codes = await Promise.all(Array.from({ length: 20 }, () => portal.codeOf(member, DELETE, { id })));
    expect(codes.filter((each) => each === null)).toHaveLength(1);
    expect(codes.filter((each) => each === 'NOT_FOUND')).toHaveLength(19);
  });
});

describe('a post that moderators hid', () => {
  const HIDDEN = 'query ($id: ID!) { post(id: $id) { hiddenAt } }';
  const HIDE = 'mutation ($id: ID!, $hidden: Boolean!) { _hideContent(type: "Post", id: $id, hidden: $hidden) }';

  it('says so to its author and to those who manage there, and is missing for all others', async () => {
    const { owner, member, teamMember, at } = await scene();
    const { id } = await aPost(portal, member, at.community);
    const seen = async (viewer: Viewer) => portal.get<{ hiddenAt: string | null } | null>(viewer, HIDDEN, { id });
    const everybody = () => Promise.all([member, owner, teamMember].map(seen));
    expect(await everybody()).toEqual([{ hiddenAt: null }, { hiddenAt: null }, { hiddenAt: null }]);
    await portal.get(serviceViewer('moderation'), HIDE, { id, hidden: true });
    const hiddenAt = portal.world.clock.now().toISOString();
    expect(await everybody()).toEqual([{ hiddenAt }, { hiddenAt }, null]);
    await portal.get(serviceViewer('moderation'), HIDE, { id, hidden: false });
    expect(await everybody()).toEqual([{ hiddenAt: null }, { hiddenAt: null }, { hiddenAt: null }]);
  });
});
