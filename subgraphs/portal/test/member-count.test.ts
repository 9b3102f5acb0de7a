import type { Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aTeam, aTeamMember, JOIN, LEAVE, type Node } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
let owner: Viewer;
let community: Node;
beforeAll(async () => {
  portal = await startPortal();
  owner = await portal.person();
});
beforeEach(async () => {
  community = await aCommunity(portal, owner);
});
afterAll(() => portal?.world.close());

const COUNT = 'query ($id: ID!) { community(id: $id) { memberCount teams { edges { node { memberCount } } } } }';

const countOf = async () => (await portal.get<{ memberCount: number }>(owner, COUNT, { id: community.id })).memberCount;
const em = () => portal.world.subgraph('portal').runtime.em(portal.tenantId);
const corrected = async () => {
  const [row] = await em().execute<[{ wrong: number }]>('select reconcile_member_counts() as wrong');
  return row.wrong;
};
const pending = async () => (await em().execute<unknown[]>('select 1 from member_count_change')).length;

/** Runs the jobs that are due in half a minute, of which one adds changes up. */
async function fold(): Promise<void> {
  portal.world.clock.advance(31_000);
  await portal.world.runJobs();
}

describe('memberCount', () => {
  it('is the same before changes are added up and after', async () => {
    const bob = await aMember(portal, community, owner);
    await aMember(portal, community, owner);
    expect([await countOf(), await pending()]).toEqual([3, 3]);
    await fold();
    expect([await countOf(), await pending()]).toEqual([3, 0]);
    await portal.get(bob, LEAVE, { id: community.id });
    expect(await countOf()).toBe(2);
    await fold();
    expect([await countOf(), await pending(), await corrected()]).toEqual([2, 0, 0]);
  });

  it('of a team follows those who are taken out with their community', async () => {
    const team = await aTeam(portal, community, owner);
    const [bob] = [
      await aTeamMember(portal, community, team, owner),
      await aTeamMember(portal, community, team, owner),
    ];
    const ofTeam = async () =>
      (await portal.get<{ teams: { edges: { node: object }[] } }>(owner, COUNT, { id: community.id })).teams.edges;
    expect(await ofTeam()).toEqual([{ node: { memberCount: 2 } }]);
    await fold();
    await portal.get(bob, LEAVE, { id: community.id });
    expect(await ofTeam()).toEqual([{ node: { memberCount: 1 } }]);
    expect(await corrected()).toBe(0);
  });

  it('is exact after twenty who come and go at once, several times each, while changes are added up', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => portal.person()));
    const comeAndGo = async (person: Viewer, stays: boolean) => {
      await portal.get(person, JOIN, { id: community.id });
      await Promise.all([
        portal.ask(person, JOIN, { id: community.id }),
        portal.ask(person, JOIN, { id: community.id }),
      ]);
      if (!stays) await portal.get(person, LEAVE, { id: community.id });
    };
    const folding = Promise.all(Array.from({ length: 20 }, () => em().execute('select fold_member_counts(3)')));
    await Promise.all(people.map((person, n) => comeAndGo(person, n % 2 === 0)));
    await folding;
    expect(await countOf()).toBe(11);
    await fold();
    expect([await countOf(), await pending(), await corrected()]).toEqual([11, 0, 0]);
  });

  it('forgets what a transaction wrote that was not committed', async () => {
    const joins = em().transactional(async (tx) => {
      await tx.execute(
        `insert into community_membership (id, created_at, tenant_id, community_id, user_id, status, role_key)
         values (gen_random_uuid(), now(), ?, ?, gen_random_uuid(), 'ACTIVE', 'portal.member')`,
        [portal.tenantId, community.id],
      );
      throw new Error('killed');
    });
    await expect(joins).rejects.toThrow('killed');
    expect([await countOf(), await corrected()]).toEqual([1, 0]);
  });

  it('is corrected where somebody wrote past the triggers', async () => {
    await fold();
    await em().execute('update member_count set members = members + 5 where place_id = ?', [community.id]);
    expect(await countOf()).toBe(6);
    expect([await corrected(), await countOf(), await corrected()]).toEqual([1, 1, 0]);
  });
});
