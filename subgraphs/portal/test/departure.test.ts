import { notHolding } from '@polity/kernel/db/holding';
import { uuidv7 } from '@polity/kernel/ids';
import { memoryStore } from '@polity/kernel/kv/memory';
import type { Viewer } from '@polity/kernel/request/context';
import { aCommunity, aSlug, CREATE_COMMUNITY, INVITE, idOf, JOIN, type Node } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

// Somebody leaves the tenant while something begins for them in it: access takes their roles, then identity tells.

const STANDINGS = 'select community_id as community, status from community_membership where user_id = ? order by 1';
const APPROVE =
  'mutation ($communityId: ID!, $userId: ID!) { approveMembership(communityId: $communityId, userId: $userId) { status } }';
const UNBIND = 'mutation ($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s, below: true) }';
const WAITS = `select 1 from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`;
const BIND = 'mutation ($input: ServiceBindInput!) { _bindRole(input: $input) }';

const stamps = memoryStore();
const readMany = stamps.getMany.bind(stamps);
let portal: Portal;
let owner: Viewer;

beforeAll(async () => {
  portal = await startPortal({ stamps });
  owner = await portal.person();
});
afterEach(() => {
  stamps.getMany = readMany;
});
afterAll(() => portal?.world.close());

const em = () => portal.world.subgraph('portal').runtime.em(portal.tenantId);
const standingsOf = (person: Viewer) =>
  em().execute<{ community: string; status: string }[]>(STANDINGS, [idOf(person)]);
const services = () => portal.world.services(portal.tenantId);
const scope = () => ({ type: 'TENANT', id: portal.tenantId });

const losesRoles = (person: Viewer) => services().call('access', UNBIND, { u: idOf(person), s: scope() });
const comesBack = (person: Viewer) =>
  services().call('access', BIND, {
    input: { userId: idOf(person), roleKey: 'tenant.member', scope: scope(), replaces: [], reason: 'test' },
  });

async function told(type: string, person: Viewer, at: number, data: object = {}): Promise<void> {
  await portal.world.bus.publish({
    specversion: '1.0',
    id: uuidv7(),
    source: '/polity/identity',
    type,
    subject: idOf(person),
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    tenantid: portal.tenantId,
    actorid: idOf(owner),
    requestid: null,
    data: { tenantId: portal.tenantId, userId: idOf(person), ...data },
  });
}

/** The moment of an event: after all that was, and before what the portal's clock says from now on. */
function moment(): number {
  const at = Math.max(portal.world.clock.nowMs(), Date.now()) + 1_000;
  portal.world.clock.set(at + 1_000);
  return at;
}

/** Runs `meanwhile` while `work` waits for a lock that it cannot do without. */
async function heldUp<T>(
  lock: string,
  params: unknown[],
  work: () => Promise<T>,
  meanwhile: () => Promise<void>,
): Promise<T> {
  const [locked, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holder = em().transactional(async (tx) => {
    await tx.execute(lock, params);
    locked.resolve();
    await over.promise;
  });
  try {
    await locked.promise;
    let through = false;
    const under = work().finally(() => (through = true));
    while (!through && (await em().execute<unknown[]>(WAITS)).length === 0);
    expect(through).toBe(false);
    await meanwhile();
    over.resolve();
    return await under;
  } finally {
    over.resolve();
    await holder;
  }
}

/** Holds the next look at this person's stamp up, after it was read, while `meanwhile` runs. */
function afterNextLook(person: Viewer, meanwhile: () => Promise<void>): void {
  let looks = 0;
  stamps.getMany = async (keys) => {
    const found = await readMany(keys);
    // Once for the verb, once more when it is through.
    if (keys.some((key) => key.includes(idOf(person))) && ++looks === 2) await notHolding(meanwhile);
    return found;
  };
}

describe('who leaves the tenant while they join', () => {
  it('does not stay where their roles are gone before they are through', async () => {
    const community = await aCommunity(portal, owner);
    const bob = await portal.person();
    const lock = 'select 1 from community where id = ? for update';
    const refused = await heldUp(
      lock,
      [community.id],
      () => portal.codeOf(bob, JOIN, { id: community.id }),
      async () => {
        await losesRoles(bob);
        void told('identity.membership.ended', bob, portal.world.clock.nowMs() - 1_000);
        await new Promise((next) => setTimeout(next, 50));
      },
    );
    await portal.world.settle();
    expect([refused, await standingsOf(bob)]).toEqual(['FORBIDDEN', []]);
  });

  it('does not stay where they were through before that, and the word of it comes while they are', async () => {
    const community = await aCommunity(portal, owner);
    const bob = await portal.person();
    let word: Promise<void> | undefined;
    afterNextLook(bob, async () => {
      stamps.getMany = readMany;
      await losesRoles(bob);
      word = told('identity.membership.ended', bob, moment());
      await new Promise((next) => setTimeout(next, 50));
    });
    expect(await portal.codeOf(bob, JOIN, { id: community.id })).toBeNull();
    expect(word).toBeDefined();
    await word;
    await portal.world.settle();
    expect(await standingsOf(bob)).toEqual([]);
  });

  it('founds nothing that would stay theirs', async () => {
    const bob = await portal.person();
    const lock = 'select pg_advisory_xact_lock(hashtextextended(?, 2))';
    const refused = await heldUp(
      lock,
      [`${portal.tenantId} ${idOf(bob)}`],
      () => portal.codeOf(bob, CREATE_COMMUNITY, { input: { slug: aSlug(), name: 'Late' } }),
      async () => void (await losesRoles(bob)),
    );
    expect([refused, await standingsOf(bob)]).toEqual(['FORBIDDEN', []]);
  });
});

describe('who has left the tenant', () => {
  async function whoAsked(): Promise<{ community: Node; bob: Viewer }> {
    const community = await aCommunity(portal, owner, { joinPolicy: 'REQUEST' });
    const bob = await portal.person();
    await portal.get(bob, JOIN, { id: community.id });
    return { community, bob };
  }

  it.each([
    ['approved', APPROVE],
    ['invited', INVITE],
  ])('is not %s in before the word of it', async (_how, operation) => {
    const { community, bob } = await whoAsked();
    await losesRoles(bob);
    const at = moment();
    expect(await portal.codeOf(owner, operation, { communityId: community.id, userId: idOf(bob) })).toBe('NOT_FOUND');
    await told('identity.membership.ended', bob, at);
    await portal.world.settle();
    expect(await standingsOf(bob)).toEqual([]);
  });

  it('is not let in by an invitation that they used before, and is by one that they use later', async () => {
    const community = await aCommunity(portal, owner);
    const bob = await portal.person(null);
    const [used, left, usedAgain] = [moment(), moment(), moment()];
    const data = { communityId: community.id, roleKey: 'portal.member', invitationId: uuidv7() };
    await told('identity.membership.ended', bob, left);
    await told('identity.invitation.used', bob, used, data);
    expect(await standingsOf(bob)).toEqual([]);
    await comesBack(bob);
    await told('identity.invitation.used', bob, usedAgain, data);
    await told('identity.membership.ended', bob, left);
    await portal.world.settle();
    expect(await standingsOf(bob)).toEqual([{ community: community.id, status: 'ACTIVE' }]);
  });

  it('joins again once they are back', async () => {
    const community = await aCommunity(portal, owner);
    const bob = await portal.person();
    await losesRoles(bob);
    await told('identity.membership.ended', bob, moment());
    expect(await portal.codeOf(bob, JOIN, { id: community.id })).not.toBeNull();
    await comesBack(bob);
    expect(await portal.codeOf(bob, JOIN, { id: community.id })).toBeNull();
    expect(await standingsOf(bob)).toEqual([{ community: community.id, status: 'ACTIVE' }]);
  });
});
