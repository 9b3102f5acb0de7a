import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../../gateway/test/browser.ts';
import type { World } from '../processes/world.ts';
import { type Cell, type DeadSession, Ledger } from './ledger.ts';
import { type Person, send } from './person.ts';
import type { Random } from './random.ts';
import { type Tally, tally } from './tally.ts';

/** What all clients of one run share. */
export interface Run {
  seed: string;
  world: World;
  ledger: Ledger;
  tally: Tally;
  /** Owner of the tenant, who gives and takes roles. */
  admin: Person;
  tenantId: string;
  /** Key of a role at communities that no membership gives. */
  helperRole: string;
  /** Numbers that make names unique. */
  number(): number;
}

/** A client of the run: its own chances, at the things of all. */
export interface Client extends Run {
  random: Random;
}

export function newRun(seed: string, world: World): Omit<Run, 'admin' | 'tenantId'> {
  let last = 0;
  const ledger = new Ledger(world.lives);
  return { seed, world, ledger, tally: tally(), helperRole: 'crash.helper', number: () => ++last };
}

const CAN =
  'query ($permission: String!, $scope: ScopeInput!) { me { id } can(permission: $permission, scope: $scope) { allowed reason } }';

/** Whether the person may do it, asked as that person; null where nobody could say. */
export async function can(person: Person, permission: string, scope: object): Promise<boolean | null> {
  for (let tries = 0; tries < 25; tries++) {
    const outcome = await person.look(CAN, { permission, scope });
    if (outcome.kind === 'yes' && outcome.data.me) return outcome.data.can.allowed;
    if (outcome.kind === 'yes') person.forgetLook();
    await sleep(200);
  }
  return null;
}

export const at = ({ community }: Cell) => ({ type: 'COMMUNITY', id: community.id });

/** A revoke was acknowledged: from now on nobody may be told anything but no. */
export async function mustBeDenied({ ledger, tally }: Run, cell: Cell, permission: string, since: string) {
  const allowed = await can(cell.person, permission, at(cell));
  tally.count('check of a revoke', allowed === null ? 'nobody could say' : allowed ? 'ALLOWED' : 'denied');
  if (allowed)
    ledger.broken.push(`${cell.person.name} may still ${permission} in ${cell.community.slug} after ${since}`);
}

/** The same for a session that was ended. */
export async function mustBeDead({ ledger, tally, world }: Run, { person, cookie }: DeadSession) {
  const browser: Browser = world.browser();
  browser.cookie = cookie;
  const outcome = await send(browser, '{ me { id } }');
  const isAlive = outcome.kind === 'yes' && outcome.data.me !== null;
  tally.count('check of a session', outcome.kind === 'unknown' ? 'nobody could say' : isAlive ? 'ALIVE' : 'dead');
  if (isAlive) ledger.broken.push(`a session of ${person.name} lives on after it was ended`);
}
