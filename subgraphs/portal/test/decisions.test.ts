import type { Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aPost, idOf } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
let admin: Viewer;
beforeAll(async () => {
  portal = await startPortal();
  admin = await portal.person('tenant.owner');
});
afterAll(() => portal?.world.close());

const UPDATE = 'mutation ($id: ID!) { updatePost(id: $id, input: { title: "Other" }) { viewerCanEdit } }';
const LOGGED = `query ($userId: ID) { loggedDecisions(userId: $userId) {
  edges { node { permission scopeId allowed reason version requestId } } } }`;

interface Logged {
  permission: string;
  scopeId: string;
  allowed: boolean;
  reason: string;
  version: string;
  requestId: string;
}

/** What the log holds about this person, newest first. */
async function logged(viewer: Viewer): Promise<Logged[]> {
  const { world } = portal;
  await world.settle();
  await (world.subgraph('access').ports as { decisions: { flush(): Promise<void> } }).decisions.flush();
  const { data } = await world.ask('access', admin, LOGGED, { userId: idOf(viewer) });
  const { edges } = (data as { loggedDecisions: { edges: { node: Logged }[] } }).loggedDecisions;
  return edges.map(({ node }) => node);
}

async function scene() {
  const owner = await portal.person();
  const community = await aCommunity(portal, owner);
  const [author, other] = [await aMember(portal, community, owner), await aMember(portal, community, owner)];
  const post = await aPost(portal, author, { type: 'COMMUNITY', id: community.id });
  return { community, author, other, post };
}

describe('what a policy decides inside a verb', () => {
  it('is in the decision log when it refuses, with the request and the versions it rests on', async () => {
    const { community, other, post } = await scene();
    const version = await portal.world.access.stamp(portal.tenantId, idOf(other));
    const request = { requestId: 'the-refused-one' };
    const reply = await portal.world.ask('portal', other, UPDATE, { id: post.id }, request);
    expect(reply.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await logged(other)).toEqual([
      {
        permission: 'portal.post.manage',
        scopeId: community.id,
        allowed: false,
        reason: 'NO_GRANT',
        // As clients see it, a version carries a mark of whom it counts for.
        version: expect.stringMatching(new RegExp(`^${version}-[0-9a-f]{8}$`)),
        requestId: 'the-refused-one',
      },
    ]);
  });

  it('is in the log when a system administrator was allowed', async () => {
    const { post } = await scene();
    const root = await portal.person(null);
    await portal.world
      .services(null)
      .call(
        'access',
        'mutation ($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "t") }',
        {
          u: root.id,
        },
      );
    expect(await portal.codeOf(root, UPDATE, { id: post.id })).toBeNull();
    expect((await logged(root)).map(({ allowed, reason }) => [allowed, reason])).toEqual([[true, 'SYSTEM_ADMIN']]);
  });

  it('leaves no line for what is only shown or hidden, nor for what one may do anyway', async () => {
    const { author, other, post } = await scene();
    expect(
      await portal.get(other, 'query ($id: ID!) { post(id: $id) { viewerCanEdit } }', { id: post.id }),
    ).toMatchObject({ viewerCanEdit: false });
    expect(await portal.codeOf(author, UPDATE, { id: post.id })).toBeNull();
    expect([...(await logged(other)), ...(await logged(author))]).toEqual([]);
  });
});
