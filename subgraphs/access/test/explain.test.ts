import type { RoleTemplate } from '@polity/kernel/access/catalogue';
import { uuidv7 } from '@polity/kernel/ids';
import { testAdminUrl } from '@polity/kernel/testing/postgres';
import { explainLines, readArguments, replayLines, runCommand, USAGE } from '../src/command.ts';
import { DecisionRecord } from '../src/domain/check/decision.entity.ts';
import { explain, explanationLines } from '../src/domain/check/explain.ts';
import { replay } from '../src/domain/check/replay.ts';
import type { Ports } from '../src/ports.ts';
import {
  type AccessFixture,
  anonymous,
  aPerson,
  asService,
  can,
  give,
  must,
  register,
  shop,
  startFixture,
} from './factories.ts';

describe('npm run access -- explain', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
    const { world, bob, owner, communityId, teamId } = fixture;
    await give(world, bob.id, 'shop.buyer', 'COMMUNITY', communityId);
    const input = {
      userId: bob.id,
      permission: 'shop.order.cancel',
      scope: { type: 'TEAM', id: teamId },
      effect: 'DENY',
      reason: 'test',
    };
    await must(world, owner, 'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }', {
      i: input,
    });
    await must(
      world,
      asService,
      'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "x") }',
      { u: owner.id },
    );
  });
  afterAll(() => fixture.world.close());

  const lines = async (subjectId: string, permission: string, type: 'TEAM' | 'TENANT', id: string) => {
    const em = fixture.world.subgraph('access').runtime.em(fixture.tenantId);
    const now = fixture.world.clock.now();
    return explanationLines(
      await explain(em, { tenantId: fixture.tenantId, subjectId, permission, scope: { type, id }, now }),
    );
  };

  const urls = () => {
    const appUrl = fixture.world.subgraph('access').orm?.config.get('clientUrl') as string;
    const admin = new URL(testAdminUrl());
    admin.pathname = new URL(appUrl).pathname;
    return { ownerUrl: admin.href, appUrl };
  };

  it('says the decision, the row that made it, and all that lies on the path', async () => {
    const { bob, teamId, communityId, tenantId } = fixture;
    const said = await lines(bob.id, 'shop.order.place', 'TEAM', teamId);
    const { version } = await can(fixture.world, bob, 'shop.order.place', 'TEAM', teamId);
    expect(said[0]).toBe(`ALLOWED (ROLE): shop.order.place at TEAM ${teamId}`);
    expect(said[1]).toContain(`version ${version.split('-')[0]}`);
    expect(said[2]).toMatch(/decided by binding [0-9a-f-]{36}$/);
    expect(said.filter((line) => /^ {2}(TEAM|COMMUNITY|TENANT)/.test(line))).toEqual([
      `  TEAM ${teamId}`,
      `  COMMUNITY ${communityId}`,
      `  TENANT ${tenantId}`,
    ]);
    expect(said.join('\n')).toMatch(
      /COMMUNITY .*\n {4}role shop\.buyer \(binding .*\)\n {2}TENANT .*\n {4}role tenant\.member/,
    );
    expect((await lines(bob.id, 'shop.order.cancel', 'TEAM', teamId))[0]).toContain('DENIED (OVERRIDE_DENY)');
  });

  it('finds the tenant of the scope by itself, and says when there is none', async () => {
    const asked = { userId: fixture.bob.id, permission: 'shop.order.place', scopeId: fixture.teamId };
    const [first] = await explainLines(urls(), asked, fixture.world.clock.now());
    expect(first).toBe(`ALLOWED (ROLE): shop.order.place at TEAM ${fixture.teamId}`);
    await expect(explainLines(urls(), { ...asked, scopeId: uuidv7() }, new Date())).rejects.toThrow(
      'No tenant has a scope',
    );
  });

  it('names flags and unknown scopes', async () => {
    const said = await lines(fixture.owner.id, 'shop.price.set', 'TENANT', fixture.tenantId);
    expect(said[0]).toContain('ALLOWED (SYSTEM_ADMIN)');
    expect(said).toContain('  flags: SYSTEM_ADMIN (platform)');
    expect(await lines(fixture.bob.id, 'shop.price.set', 'TEAM', uuidv7())).toContain('The tenant has no such scope.');
  });

  it('replays a logged decision after everything about it has changed', async () => {
    const { world, bob, communityId, tenantId } = fixture;
    await can(world, bob, 'shop.price.set', 'COMMUNITY', communityId);
    const ports = world.subgraph('access').ports as Ports;
    await ports.decisions.flush();
    const em = world.subgraph('access').runtime.em(tenantId);
    const [logged] = await em.execute<{ seq: string }[]>(
      "select seq from decision_log where subject_id = ? and permission = 'shop.price.set' order by seq desc limit 1",
      [bob.id],
    );
    await give(world, bob.id, 'shop.owner', 'COMMUNITY', communityId);
    expect((await can(world, bob, 'shop.price.set', 'COMMUNITY', communityId)).reason).toBe('ROLE');
    const said = await replayLines(urls(), { decision: logged?.seq ?? '' });
    expect(said[0]).toContain(`shop.price.set at COMMUNITY ${communityId}, subject ${bob.id}`);
    expect(said.slice(1)).toEqual(['  logged    NO_GRANT', '  replayed  NO_GRANT', 'They agree.']);
    await expect(replayLines(urls(), { decision: '999999' })).rejects.toThrow('There is no logged decision 999999.');
  });

  it('has in the log, and replays, what was asked with ids in upper case', async () => {
    const { world, owner, bob, teamId, tenantId } = fixture;
    const checks = [{ permission: 'shop.order.cancel', scope: { type: 'TEAM', id: teamId.toUpperCase() } }];
    const check = 'query($u: ID!, $c: [AccessCheckInput!]!) { checkAccess(userId: $u, checks: $c) { reason } }';
    const em = world.subgraph('access').runtime.em(tenantId);
    const last = 'select seq, reason, scope_id from decision_log where subject_id = ? order by seq desc limit 1';
    const [before] = await em.execute<{ seq: string }[]>(last, [bob.id]);
    const { checkAccess } = await must<{ checkAccess: { reason: string }[] }>(world, owner, check, {
      u: bob.id.toUpperCase(),
      c: checks,
    });
    await (world.subgraph('access').ports as Ports).decisions.flush();
    const [logged] = await em.execute<{ seq: string; reason: string; scope_id: string }[]>(last, [bob.id]);
    expect(logged).toMatchObject({ reason: checkAccess[0]?.reason, scope_id: teamId });
    expect(logged?.seq).not.toBe(before?.seq);
    const said = await replayLines(urls(), { decision: logged?.seq ?? '' });
    expect(said.at(-1)).toBe('They agree.');
  });

  it('replays with the roles as they were then', async () => {
    const { world, owner, tenantId } = fixture;
    const clerk = aPerson(world);
    await give(world, clerk.id, 'tenant.member', 'TENANT', tenantId);
    const input = { key: 'club.clerk', name: 'Clerk', scopeType: 'TENANT', permissions: ['shop.order.place'] };
    const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
    const { createRole } = await must<{ createRole: { id: string } }>(world, owner, create, { i: input });
    await give(world, clerk.id, 'club.clerk', 'TENANT', tenantId);
    expect((await can(world, clerk, 'shop.price.set', 'TENANT', tenantId)).reason).toBe('NO_GRANT');
    const edit = 'mutation($id: ID!, $p: [String!]) { updateRole(id: $id, input: { permissions: $p }) { id } }';
    await must(world, owner, edit, { id: createRole.id, p: ['shop.price.set'] });
    expect((await can(world, clerk, 'shop.price.set', 'TENANT', tenantId)).reason).toBe('ROLE');
    expect((await can(world, clerk, 'shop.order.place', 'TENANT', tenantId)).reason).toBe('NO_GRANT');
    await must(world, owner, edit, { id: createRole.id, p: ['shop.price.set', 'shop.order.place'] });
    const { runtime, ports } = world.subgraph('access');
    await (ports as Ports).decisions.flush();
    const em = runtime.em(tenantId);
    const logged = await em.find(DecisionRecord, { subjectId: clerk.id });
    expect(logged).toHaveLength(2);
    const again = async () =>
      Promise.all(logged.map(async (entry) => (await replay({ em, platform: runtime.em(null) }, entry)).reason));
    expect(await again()).toEqual(['NO_GRANT', 'NO_GRANT']);
    await must(world, owner, 'mutation($id: ID!) { deleteRole(id: $id) { id } }', { id: createRole.id });
    expect(await again()).toEqual(['NO_GRANT', 'NO_GRANT']);
  });

  it('replays with the permissions that were declared then', async () => {
    const { world, bob, tenantId } = fixture;
    const code = 'shop.stock.count';
    const buyers = shop.roles.find(({ key }) => key === 'tenant.member') as RoleTemplate;
    const more = {
      permissions: [...shop.permissions, { code, description: 'Count stock.', scopeTypes: ['TENANT'] }],
      roles: [...shop.roles.filter((role) => role !== buyers), { ...buyers, permissions: [code] }],
    };
    const ask = async () => (await can(world, bob, code, 'TENANT', tenantId)).reason;
    expect(await ask()).toBe('UNKNOWN');
    await register(world, 'shop', more);
    expect(await ask()).toBe('ROLE');
    await register(world, 'shop', shop);
    expect(await ask()).toBe('UNKNOWN');
    await register(world, 'shop', more);
    const { runtime, ports } = world.subgraph('access');
    await (ports as Ports).decisions.flush();
    const em = runtime.em(tenantId);
    // One allow in a hundred is logged, and may be this one.
    const logged = await em.find(DecisionRecord, { permission: code, allowed: false }, { orderBy: { seq: 'asc' } });
    expect(logged.map(({ reason }) => reason)).toEqual(['UNKNOWN', 'UNKNOWN']);
    for (const entry of logged)
      expect((await replay({ em, platform: runtime.em(null) }, entry)).reason).toBe('UNKNOWN');
    await register(world, 'shop', shop);
  });

  it('replays what nobody who was signed in asked', async () => {
    const { world, tenantId } = fixture;
    expect((await can(world, anonymous, 'shop.order.place', 'TENANT', tenantId)).reason).toBe('UNKNOWN');
    const { runtime, ports } = world.subgraph('access');
    await (ports as Ports).decisions.flush();
    const [logged] = await runtime.em(tenantId).find(DecisionRecord, { subjectId: null });
    const said = await replayLines(urls(), { decision: String(logged?.seq) });
    expect(said[0]).toContain('subject nobody');
    expect(said.at(-1)).toBe('They agree.');
  });

  it('answers wrong arguments with its usage', async () => {
    expect(() => readArguments(['explain', 'x'])).toThrow(USAGE);
    expect(() => readArguments(['describe', 'a', 'b', 'c'])).toThrow(USAGE);
    expect(() => readArguments(['explain', 'alice', 'a.b.c', uuidv7()])).toThrow('alice is not an id.');
    await expect(runCommand([], {})).rejects.toThrow(USAGE);
  });
});
