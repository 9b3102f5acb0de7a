import { uuidv7 } from '@polity/kernel/ids';
import {
  giveRole,
  type OpenOptions,
  openSubgraph,
  type Person,
  registerScope,
  type TestSubgraph,
} from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { events } from '../src/subgraph.ts';

export const CREATE =
  'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id title visibility status startsAt endsAt timeZone recurrence organizer { id } } }';

export interface Node {
  id: string;
}

export interface Scope {
  type: 'TENANT' | 'COMMUNITY' | 'TEAM';
  id: string;
}

/** A world with access and this subgraph, and one tenant. */
export const startEvents = (options: Partial<OpenOptions> = {}): Promise<TestSubgraph> =>
  openSubgraph(events, { beside: [access], ...options });

export const tenantScope = (test: TestSubgraph): Scope => ({ type: 'TENANT', id: test.tenantId });

/** A community as the portal makes it known; nobody belongs to it yet. */
export async function aCommunity(test: TestSubgraph): Promise<Scope> {
  const id = uuidv7();
  await registerScope(test.world, 'COMMUNITY', id, test.tenantId, test.tenantId);
  return { type: 'COMMUNITY', id };
}

export async function aTeam(test: TestSubgraph, community: Scope): Promise<Scope> {
  const id = uuidv7();
  await registerScope(test.world, 'TEAM', id, test.tenantId, community.id);
  return { type: 'TEAM', id };
}

/** A member of the tenant with this role at the scope. */
export async function aMember(test: TestSubgraph, scope: Scope, role = 'portal.member'): Promise<Person> {
  const person = await test.person();
  await giveRole(test.world, person.id, role, scope, test.tenantId);
  return person;
}

/** Monday the 4th of January 2027, 18:00 to 20:00 in Berlin. */
export const MONDAY = {
  startsAt: '2027-01-04T17:00:00.000Z',
  endsAt: '2027-01-04T19:00:00.000Z',
  timeZone: 'Europe/Berlin',
};
export const WEEKLY = { ...MONDAY, recurrence: 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10' };

/** An event of this person at the tenant; for members unless chosen otherwise. */
export async function anEvent(test: TestSubgraph, organizer: Person, input: object = {}): Promise<Node> {
  const scope = tenantScope(test);
  const { id } = await test.get<Node>(organizer, CREATE, { input: { scope, title: 'An event', ...MONDAY, ...input } });
  return { id };
}
