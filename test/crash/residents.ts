import type { Browser } from '../../gateway/test/browser.ts';
import { type Cell, type Resident, remember } from './ledger.ts';
import { canJoin, isOut, join, MEMBERS_RIGHT, mayBeOut } from './memberships.ts';
import { type Person, person, send } from './person.ts';
import { type Client, mustBeDead, mustBeDenied } from './run.ts';

const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { email } }';
const ACTIVATE = 'mutation ($token: String!) { activateAccount(token: $token) { id } }';
const SIGN_IN =
  'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { user { id } } } }';
const JOIN_TENANT = 'mutation { joinTenant(slug: "demo") { tenant { id } } }';
const LEAVE_TENANT = 'mutation ($id: ID!) { leaveTenant(id: $id) { id } }';

interface Mail {
  to: string;
  links: string[];
}

async function mailedToken(browser: Browser, email: string): Promise<string | null> {
  const { text } = await browser.send('GET', '/dev/mail').catch(() => ({ text: '[]' }));
  const mails = text.startsWith('[') ? (JSON.parse(text) as Mail[]) : [];
  const link = mails.find(({ to }) => to === email)?.links.find((each) => each.includes('#token='));
  return link ? decodeURIComponent(link.split('#token=')[1]!) : null;
}

const idOf = async (browser: Browser, email: string, password: string): Promise<string | null> => {
  const entered = await send(browser, SIGN_IN, { input: { email, password } });
  return entered.kind === 'yes' ? entered.data.signIn.user.id : null;
};

/** Signs somebody up and activates the account; null where the storm was in the way. Mails that died with their process are asked for again. */
export async function signUp(client: Client, name: string): Promise<Resident | null> {
  const { world, tally, random, ledger } = client;
  const browser = world.browser();
  const account = { name, email: `${name}@people.test`, password: `${name} has a long passphrase` };
  const { email, password } = account;
  for (let tries = 0; tries < 5; tries++) {
    const input = { email, password, displayName: name };
    const asked = tally.note('sign up', await send(browser, SIGN_UP, { input }));
    const token = asked.kind === 'yes' ? await mailedToken(browser, email) : null;
    const activated = token && tally.note('activate', await send(browser, ACTIVATE, { token }));
    // A token that was used up by an answer that never came is an account that is there.
    const id =
      activated &&
      (activated.kind === 'yes' ? activated.data.activateAccount.id : await idOf(browser, email, password));
    if (id) {
      const who = person({ ...account, id }, world.browser, tally);
      const resident = { person: who, isIn: true, busy: false, doubt: null, story: [] };
      ledger.residents.push(resident);
      return resident;
    }
    await random.pause(1_000);
  }
  return null;
}

const OWN_SESSIONS = '{ me { sessions { id current } } }';
const REVOKE = 'mutation ($id: ID!) { revokeSession(id: $id) { id } }';

/** Ends the session of a device, there or from another one; true where that was acknowledged. */
async function signOut({ tally, random }: Client, visitor: Person, device: Browser): Promise<boolean> {
  if (random.chance(0.5)) {
    const outcome = tally.note('sign out', await send(device, 'mutation { signOut }'));
    return outcome.kind === 'yes' && outcome.data.signOut;
  }
  const listed = await send(device, OWN_SESSIONS);
  if (listed.kind !== 'yes' || !listed.data.me) return false;
  const own = listed.data.me.sessions.find(({ current }: { current: boolean }) => current);
  const outcome = await visitor.ask('revoke a session', REVOKE, { id: own.id });
  return outcome.kind === 'yes';
}

/** Signs in on another device and ends that session. */
export async function visit(client: Client, visitor: Person): Promise<void> {
  const { world, tally, ledger } = client;
  const device = world.browser();
  const { email, password } = visitor;
  const entered = tally.note('sign in', await send(device, SIGN_IN, { input: { email, password } }));
  const { cookie } = device;
  if (entered.kind !== 'yes' || !cookie || !(await signOut(client, visitor, device))) return;
  const dead = { person: visitor, cookie };
  ledger.deadSessions.push(dead);
  await mustBeDead(client, dead);
}

function cellsOf({ ledger }: Client, drifter: Person): Cell[] {
  const open = ledger.communities.filter(({ isOpen }) => isOpen);
  return open.map((community) => Object.assign(ledger.cell(community, drifter), { isDrifting: true }));
}

async function leaveTenant(client: Client, own: Resident): Promise<void> {
  const { ledger, random, tenantId } = client;
  const cells = cellsOf(client, own.person);
  const outcome = await own.person.ask('leave the tenant', LEAVE_TENANT, { id: tenantId });
  for (const thing of [own, ...cells]) remember(thing, 'leave the tenant', outcome);
  if (outcome.kind === 'unknown') {
    for (const thing of [own, ...cells]) ledger.leaveOpen(thing, 'out');
    for (const cell of cells) mayBeOut(client, cell);
    return;
  }
  if (outcome.kind === 'no' && !(own.doubt && outcome.code === 'NOT_FOUND')) return;
  for (const cell of cells) isOut(client, cell);
  for (const thing of [own, ...cells]) if (ledger.hasSettled(thing)) thing.doubt = null;
  own.isIn = false;
  const cell = random.pick(cells);
  if (cell) await mustBeDenied(client, cell, MEMBERS_RIGHT, 'the tenant was left');
}

async function joinTenant({ ledger }: Client, own: Resident): Promise<void> {
  const outcome = await own.person.ask('join the tenant', JOIN_TENANT);
  remember(own, 'join the tenant', outcome);
  if (outcome.kind === 'unknown') ledger.leaveOpen(own, 'in');
  if (outcome.kind === 'yes' || (own.doubt && outcome.kind === 'no' && outcome.code === 'ALREADY_EXISTS'))
    own.isIn = true;
}

/** What somebody does next who comes to the tenant, joins communities, and leaves it altogether. */
export async function drift(client: Client, own: Resident): Promise<void> {
  const { ledger, random } = client;
  const cells = cellsOf(client, own.person);
  for (const thing of [own, ...cells]) {
    const isAsWished = thing.doubt?.toward === (('isIn' in thing ? thing.isIn : thing.is === 'in') ? 'in' : 'out');
    if (isAsWished && ledger.hasSettled(thing)) thing.doubt = null;
  }
  const mayJoin = cells.filter(canJoin(client));
  // What was wished has come about, but an earlier try may still be under way: nobody turns round before it is certainly over.
  const isWaiting = own.doubt !== null && own.isIn === (own.doubt.toward === 'in');
  if (isWaiting && !own.isIn) return;
  const wish = isWaiting
    ? 'community'
    : (own.doubt?.toward ?? (!own.isIn ? 'in' : mayJoin.length > 0 && random.chance(0.7) ? 'community' : 'out'));
  if (wish === 'in') await joinTenant(client, own);
  else if (wish === 'out') await leaveTenant(client, own);
  else if (mayJoin.length > 0) await join(client, random.pick(mayJoin)!);
}
