import { allows } from '@polity/kernel/access/decide';
import { accessReader, remoteAccessSource } from '@polity/kernel/access/reader';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import type { World } from '@polity/kernel/testing/harness';
import { type AccessFixture, aPerson, asService } from './factories.ts';

const BIND = 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }';
const CHECK = 'query($u: ID!, $c: [AccessCheckInput!]!) { checkAccess(userId: $u, checks: $c) { allowed } }';
const UNBIND = 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s) }';

interface Subject {
  id: string;
  phase: 'granting' | 'granted' | 'revoking' | 'revoked';
  turn: number;
}

export interface TrialOptions {
  /** Acknowledged revokes to be made. */
  revokes: number;
  /** A store for each reader; each reader stands for a process with a cache of its own. */
  stores: readonly KeyValueStore[];
  /** More readers that ask through the graph and spell the id in upper case, as Swift and SQL Server do. */
  askers: number;
}

export interface TrialResult {
  revokes: number;
  /** Writes that were refused because a stamp could not be confirmed, and then made again. */
  refusedWrites: number;
  checks: number;
  /** Checks that found no store or no rows; they deny. */
  failedChecks: number;
  /** Checks begun after an acknowledged revoke, and over before the next grant began, that allowed. */
  staleAllows: number;
  /** Checks begun after an acknowledged grant, and over before its revoke began, that denied although nothing failed. */
  staleDenials: number;
}

function writer(world: World, fixture: AccessFixture, subjects: readonly Subject[], result: TrialResult) {
  const scope = { type: 'COMMUNITY', id: fixture.communityId };
  // Tried again until it is acknowledged, as the services that mirror memberships do.
  async function acknowledged(query: string, variables: Record<string, unknown>): Promise<void> {
    for (;;) {
      const { errors } = await world.ask('access', asService, query, variables);
      if (!errors) return;
      if (errors[0]?.extensions?.code !== 'SUBGRAPH_UNAVAILABLE') throw new Error(errors[0]?.message);
      result.refusedWrites += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  return async function write(revokes: number): Promise<void> {
    for (let n = 0; result.revokes < revokes; n++) {
      const subject = subjects[n % subjects.length] as Subject;
      subject.turn += 1;
      subject.phase = 'granting';
      await acknowledged(BIND, { i: { userId: subject.id, roleKey: 'shop.buyer', scope } });
      subject.phase = 'granted';
      await new Promise((resolve) => setImmediate(resolve));
      subject.phase = 'revoking';
      await acknowledged(UNBIND, { u: subject.id, s: scope });
      subject.phase = 'revoked';
      result.revokes += 1;
    }
  };
}

type Allowed = (subject: Subject) => Promise<boolean>;

function reading(world: World, fixture: AccessFixture, store: KeyValueStore): Allowed {
  const access = accessReader({ stamps: store, source: remoteAccessSource(world.services), clock: world.clock });
  const scope = { type: 'COMMUNITY' as const, id: fixture.communityId };
  return async ({ id }) => {
    const set = await access.load(fixture.tenantId, id, await access.stamp(fixture.tenantId, id));
    return allows(set, 'shop.order.place', scope, world.clock.nowMs());
  };
}

function asking(world: World, fixture: AccessFixture): Allowed {
  const scope = { type: 'COMMUNITY', id: fixture.communityId.toUpperCase() };
  return async ({ id }) => {
    const variables = { u: id.toUpperCase(), c: [{ permission: 'shop.order.place', scope }] };
    const { data, errors } = await world.ask('access', fixture.owner, CHECK, variables);
    if (errors) throw new Error(errors[0]?.message);
    return (data as { checkAccess: [{ allowed: boolean }] }).checkAccess[0].allowed;
  };
}

function checking(isAllowed: Allowed, result: TrialResult) {
  return async function check(subject: Subject): Promise<void> {
    const before = { ...subject };
    let allowed = false;
    let failed = false;
    try {
      allowed = await isAllowed(subject);
    } catch {
      failed = true;
      result.failedChecks += 1;
    }
    result.checks += 1;
    const still = subject.phase === before.phase && subject.turn === before.turn;
    if (still && before.phase === 'revoked' && allowed) result.staleAllows += 1;
    if (still && before.phase === 'granted' && !allowed && !failed) result.staleDenials += 1;
  };
}

/** One writer grants and revokes while readers check the same few subjects as fast as they can. */
export async function revocationTrial(
  fixture: AccessFixture,
  { revokes, stores, askers }: TrialOptions,
): Promise<TrialResult> {
  const { world } = fixture;
  const subjects = Array.from({ length: 3 }, (): Subject => ({ id: aPerson(world).id, phase: 'granting', turn: 0 }));
  const result: TrialResult = {
    revokes: 0,
    refusedWrites: 0,
    checks: 0,
    failedChecks: 0,
    staleAllows: 0,
    staleDenials: 0,
  };
  let writing = true;
  const ways = [
    ...stores.map((store) => reading(world, fixture, store)),
    ...Array.from({ length: askers }, () => asking(world, fixture)),
  ];
  const reads = ways.map(async (isAllowed, index) => {
    const check = checking(isAllowed, result);
    for (let n = index; writing; n++) {
      await check(subjects[n % subjects.length] as Subject);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  const done = writer(
    world,
    fixture,
    subjects,
    result,
  )(revokes).finally(() => {
    writing = false;
  });
  await Promise.all([done, ...reads]);
  return result;
}
