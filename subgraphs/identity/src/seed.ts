import type { EntityManager } from '@mikro-orm/postgresql';
import { StartError } from '@polity/kernel/config/start-error';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { uuidv7 } from '@polity/kernel/ids';
import { bindTenantRole, registerTenant, setMasterFlag } from './domain/access-mirror.ts';
import { Credential } from './domain/credential/credential.entity.ts';
import { Membership } from './domain/membership/membership.entity.ts';
import { Tenant } from './domain/tenant/tenant.entity.ts';
import { User } from './domain/user/user.entity.ts';
import type { Ports } from './ports.ts';

/** Password of every demo account. */
export const DEMO_PASSWORD = 'polity-demo-password';

const PEOPLE = { root: 'Root', admin: 'Admin', alice: 'Alice', bob: 'Bob' } as const;
export type DemoPerson = keyof typeof PEOPLE;

/** What was seeded, by the names under which it is known. */
export interface DemoIdentity {
  tenantId: string;
  userIds: Record<DemoPerson, string>;
}

async function demoTenant(em: EntityManager, now: Date): Promise<string> {
  const known = await em.findOne(Tenant, { slug: 'demo' });
  if (known) return known.id;
  const id = uuidv7();
  em.create(Tenant, {
    id,
    createdAt: now,
    updatedAt: now,
    slug: 'demo',
    name: 'Demo',
    signUpPolicy: 'OPEN',
    mfaRequired: false,
    accentColor: null,
    language: null,
    createdBy: null,
  });
  await em.flush();
  return id;
}

interface Place {
  tenantId: string;
  now: Date;
  passwordHash: string;
}

async function demoPerson(
  em: EntityManager,
  person: DemoPerson,
  { tenantId, now, passwordHash }: Place,
): Promise<string> {
  const email = `${person}@demo.test`;
  const known = await em.findOne(User, { email });
  if (known) return known.id;
  const id = uuidv7();
  em.create(User, {
    id,
    createdAt: now,
    updatedAt: now,
    // `root` and `admin` are reserved names, so nobody else can have taken them.
    username: person,
    displayName: PEOPLE[person],
    email,
    emailVerifiedAt: now,
    status: 'ACTIVE',
    homeTenantId: tenantId,
    failedAttempts: 0,
    suspendedReason: null,
  });
  await em.flush();
  em.create(Credential, { id: uuidv7(), createdAt: now, userId: id, passwordHash, changedAt: now });
  em.create(Membership, { id: uuidv7(), createdAt: now, tenantId, userId: id, status: 'ACTIVE', joinedAt: now });
  await em.flush();
  return id;
}

async function giveDemoRoles(runtime: Runtime, { tenantId, userIds }: DemoIdentity): Promise<void> {
  const services = runtime.services(tenantId);
  await registerTenant(services, tenantId);
  for (const [person, userId] of Object.entries(userIds)) {
    await bindTenantRole(services, { tenantId, userId }, person === 'admin' ? 'tenant.owner' : 'tenant.member', 'demo');
  }
  await setMasterFlag(services, userIds.root, 'SYSTEM_ADMIN', true, 'demo');
}

/**
 * Makes tenant `demo` with `root@`, `admin@`, `alice@` and `bob@demo.test`; repeating it changes nothing. Needs the access subgraph. Throws
 * StartError in production, where no account may have a known password.
 */
export async function seedIdentity(runtime: Runtime, ports: Pick<Ports, 'hasher'>): Promise<DemoIdentity> {
  if (runtime.production) throw new StartError('Demo accounts are never made in production.');
  const now = runtime.clock.now();
  const tenantId = await runtime.em(null).transactional((tx) => demoTenant(tx, now));
  const passwordHash = await ports.hasher.hash(DEMO_PASSWORD);
  const userIds = await runtime.em(tenantId).transactional(async (tx) => {
    const ids: Partial<Record<DemoPerson, string>> = {};
    for (const person of Object.keys(PEOPLE) as DemoPerson[])
      ids[person] = await demoPerson(tx, person, { tenantId, now, passwordHash });
    return ids as Record<DemoPerson, string>;
  });
  const demo = { tenantId, userIds };
  await giveDemoRoles(runtime, demo);
  return demo;
}
