import { stampKeys } from '@polity/kernel/access/stamp';
import { memoryStore } from '@polity/kernel/kv/memory';
import { type KeyValueStore, StoreUnavailable } from '@polity/kernel/kv/store';
import { repairStamps } from '../src/domain/change/stamp-repair.ts';
import type { Ports } from '../src/ports.ts';
import {
  type AccessFixture,
  aPerson,
  asService,
  can,
  give,
  must,
  refusal,
  register,
  shop,
  startFixture,
} from './factories.ts';

const UNBIND = 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s) }';

/** A store that a test can unplug, as a partition between the process and Redis would. */
function unpluggable() {
  const store = memoryStore();
  let plugged = true;
  const guarded = new Proxy(store, {
    get(target, name: keyof KeyValueStore) {
      const method = target[name] as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) =>
        plugged ? method.apply(target, args) : Promise.reject(new StoreUnavailable(new Error('unplugged')));
    },
  });
  return { store: guarded, plug: (value: boolean) => void (plugged = value) };
}

describe('a change is acknowledged only once every later reader must see it', () => {
  const stamps = unpluggable();
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture({ stamps: stamps.store });
  });
  afterAll(() => fixture.world.close());

  const scope = () => ({ type: 'COMMUNITY', id: fixture.communityId });
  const allowed = async (viewer: Parameters<typeof can>[1]) =>
    (await can(fixture.world, viewer, 'shop.order.place', 'COMMUNITY', fixture.communityId)).allowed;
  const unstamped = async () => {
    await (fixture.world.subgraph('access').ports as Ports).marks.flush();
    const em = fixture.world.subgraph('access').runtime.em(fixture.tenantId);
    return (await em.execute<unknown[]>('select 1 from access_change where not stamped')).length;
  };

  it('a change that is confirmed and only not marked yet is no repair, and a young one is left to its writer', async () => {
    const { world } = fixture;
    const { runtime } = world.subgraph('access');
    await give(world, aPerson(world).id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await repairStamps({ em: runtime.em, stamps: runtime.stamps, minAgeMs: 60_000 })).toBe(0);
    expect(await repairStamps(runtime)).toBe(0);
    expect(await unstamped()).toBe(0);
  });

  it('a revoke whose stamp is not confirmed is not acknowledged, and the repair confirms it', async () => {
    const { world } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await allowed(person)).toBe(true);
    stamps.plug(false);
    expect(await refusal(world, asService, UNBIND, { u: person.id, s: scope() })).toBe('SUBGRAPH_UNAVAILABLE');
    expect(
      await refusal(
        world,
        person,
        '{ can(permission: "shop.order.place", scope: { type: TENANT, id: "x" }) { allowed } }',
      ),
    ).not.toBeNull();
    stamps.plug(true);
    expect(await unstamped()).toBe(1);
    expect(await repairStamps(world.subgraph('access').runtime)).toBe(1);
    expect(await allowed(person)).toBe(false);
    expect(await unstamped()).toBe(0);
    expect(await repairStamps(world.subgraph('access').runtime)).toBe(0);
  });

  it('a repeated revoke confirms the stamp that the first try could not', async () => {
    const { world } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await allowed(person)).toBe(true);
    stamps.plug(false);
    expect(await refusal(world, asService, UNBIND, { u: person.id, s: scope() })).toBe('SUBGRAPH_UNAVAILABLE');
    stamps.plug(true);
    await must(world, asService, UNBIND, { u: person.id, s: scope() });
    expect(await allowed(person)).toBe(false);
  });

  it('a template edit that could not be confirmed is confirmed when it is registered again', async () => {
    const { world } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await allowed(person)).toBe(true);
    const without = (role: (typeof shop.roles)[number]) => ({
      ...role,
      permissions: role.permissions.filter((code) => code !== 'shop.order.place'),
    });
    const less = { ...shop, roles: shop.roles.map(without) };
    stamps.plug(false);
    await expect(register(world, 'shop', less)).rejects.toThrow('SUBGRAPH_UNAVAILABLE');
    stamps.plug(true);
    await register(world, 'shop', less);
    expect(await allowed(person)).toBe(false);
    await register(world, 'shop', shop);
    expect(await allowed(person)).toBe(true);
  });

  it('a lost stamp is read from the database and put back', async () => {
    const { world } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await allowed(person)).toBe(true);
    const { subject } = stampKeys(fixture.tenantId, person.id);
    const before = await stamps.store.get(subject);
    await stamps.store.delete(subject);
    expect(await allowed(person)).toBe(true);
    expect(await stamps.store.get(subject)).toBe(before);
  });

  it('the answer tells the acting viewer the new stamp, and others nothing', async () => {
    const { world, owner, bob } = fixture;
    const bind = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }';
    const input = (userId: string) => ({ i: { userId, roleKey: 'shop.buyer', scope: scope() } });
    const toBob = await world.ask('access', owner, bind, input(bob.id));
    expect(toBob.errors).toBeUndefined();
    expect(toBob.notes?.stamp).toBeUndefined();
    const toSelf = await world.ask('access', owner, bind, input(owner.id));
    expect(toSelf.notes?.stamp).toMatch(/^[1-9]\d*\.0\.0\.0$/);
    const onBehalf = await world.ask(
      'access',
      asService,
      'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }',
      { i: { type: 'COMMUNITY', id: fixture.communityId } },
      { onBehalfOf: bob.id },
    );
    expect(onBehalf.notes?.stamp).toMatch(/^0\.0\.[1-9]\d*\.0$/);
  });

  it('versions of a subject grow by one with each change, whoever writes', async () => {
    const { world } = fixture;
    const person = aPerson(world);
    await Promise.all(
      ['shop.buyer', 'shop.owner'].map((role) => give(world, person.id, role, 'COMMUNITY', fixture.communityId)),
    );
    const { version } = await can(world, person, 'shop.order.place', 'COMMUNITY', fixture.communityId);
    expect(version).toMatch(/^2\./);
  });
});
