import type { World } from '../processes/world.ts';
import { found } from './memberships.ts';
import { type Person, person } from './person.ts';
import { randomOf } from './random.ts';
import { signUp } from './residents.ts';
import { type Client, newRun, type Run } from './run.ts';

const CREATE_ROLE = 'mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }';
const WHERE = '{ me { id } tenant { id } }';

/** Asks for what must be answered, because nothing is killed at the moment. */
export async function certain(who: Person, query: string, variables?: Record<string, unknown>) {
  const outcome = await who.look(query, variables);
  if (outcome.kind !== 'yes') throw new Error(`${query}: ${JSON.stringify(outcome)}`);
  return outcome.data;
}

/** People, a community for each of them, and a role that no membership gives. */
export async function setScene(seed: string, world: World): Promise<Run> {
  const base = newRun(seed, world);
  let tenantId = '';
  const demo = async (name: string): Promise<Person> => {
    const account = { name, email: `${name}@demo.test`, password: 'polity-demo-password' };
    const { me, tenant } = await certain(person(account, world.browser, base.tally), WHERE);
    tenantId = tenant.id;
    return person({ ...account, id: me.id }, world.browser, base.tally);
  };
  const admin = await demo('admin');
  const permissions = ['portal.member.invite'];
  const input = { key: base.helperRole, name: 'Helper', scopeType: 'COMMUNITY', permissions };
  await certain(admin, CREATE_ROLE, { input });
  const client: Client = { ...base, admin, tenantId, random: randomOf(seed, 'scene') };
  const { people } = base.ledger;
  for (const name of ['alice', 'bob']) people.push(await demo(name));
  for (const name of ['carol', 'dave', 'erin', 'frank']) {
    const resident = await signUp(client, name);
    if (!resident) throw new Error(`${name} could not sign up although nothing is killed`);
    people.push(resident.person);
  }
  for (const owner of people) await found(client, owner);
  return client;
}
