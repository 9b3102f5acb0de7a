import { canBeSeated, disband, form, isMember, post, seat, unpost } from './contents.ts';
import type { Cell } from './ledger.ts';
import * as memberships from './memberships.ts';
import { randomOf } from './random.ts';
import { drift, signUp, visit } from './residents.ts';
import type { Client, Run } from './run.ts';

/** How often members do what. */
const HABITS = {
  found: 2,
  join: 8,
  leave: 5,
  invite: 3,
  remove: 3,
  ban: 1,
  pardon: 1,
  promote: 4,
  post: 6,
  unpost: 3,
  form: 1,
  seat: 5,
  disband: 1,
  help: 4,
  visit: 1,
  settle: 4,
};
type Act = keyof typeof HABITS;

/** Communities at the same time; each is a scope with which everybody's access is compiled. */
const MOST_COMMUNITIES = 60;

type Holds = (cell: Cell) => boolean;

/** Does something with any free cell of which that holds. */
async function withCell(client: Client, holds: Holds, act: (cell: Cell) => Promise<void>): Promise<void> {
  const { ledger, random } = client;
  const cell = ledger.freeCell(random, ledger.people, (each) => !each.isDrifting && holds(each));
  if (cell) await act(cell);
}

const allOf =
  (...all: Holds[]): Holds =>
  (cell) =>
    all.every((holds) => holds(cell));
const is =
  (...standings: Cell['is'][]): Holds =>
  (cell) =>
    standings.includes(cell.is);

async function actOnTeam(client: Client, act: 'seat' | 'disband'): Promise<void> {
  const { ledger, random } = client;
  const team = random.pick(ledger.teams.filter(({ busy, is: state }) => !busy && state === 'live'));
  if (!team) return;
  if (act === 'disband') await disband(client, team);
  else if (!team.doubt) {
    const cells = ledger.people.map((person) => ledger.cell(team.community, person));
    const cell = random.pick(cells.filter((each) => !each.busy && canBeSeated(team)(each)));
    if (cell) await seat(cell, team);
  }
}

const acts: Record<Act, (client: Client) => Promise<void>> = {
  async found(client) {
    const { ledger, random } = client;
    if (ledger.communities.length < MOST_COMMUNITIES) await memberships.found(client, random.pick(ledger.people)!);
  },
  join: (client) => withCell(client, memberships.canJoin(client), (cell) => memberships.join(client, cell)),
  leave: (client) =>
    withCell(client, allOf(is('in', 'invited'), memberships.canEnd(client, 'out')), (cell) =>
      memberships.leave(client, cell),
    ),
  invite: (client) => withCell(client, memberships.canBeInvited(client), (cell) => memberships.invite(client, cell)),
  remove: (client) =>
    withCell(client, allOf(is('in', 'invited'), memberships.canEnd(client, 'out')), (cell) =>
      memberships.remove(client, cell, false),
    ),
  pardon: (client) =>
    withCell(client, allOf(is('banned'), memberships.canEnd(client, 'out')), (cell) =>
      memberships.remove(client, cell, false),
    ),
  ban: (client) =>
    withCell(client, memberships.canEnd(client, 'banned'), (cell) => memberships.remove(client, cell, true)),
  promote(client) {
    const role = client.random.chance(0.5) ? 'portal.member' : 'portal.moderator';
    return withCell(client, memberships.canBePromoted(client, role), (cell) => memberships.promote(client, cell, role));
  },
  post: (client) => withCell(client, isMember, (cell) => post(client, cell)),
  async unpost({ ledger, random }) {
    const own = random.pick(
      ledger.posts.filter((each) => each.is === 'live' && !each.cell.busy && isMember(each.cell)),
    );
    if (own) await unpost(own);
  },
  form: (client) =>
    withCell(
      client,
      (cell) => cell.person === cell.community.owner,
      (cell) => form(client, cell),
    ),
  seat: (client) => actOnTeam(client, 'seat'),
  disband: (client) => actOnTeam(client, 'disband'),
  help: (client) => withCell(client, memberships.canBeHelped(client), (cell) => memberships.help(client, cell)),
  visit: async (client) => visit(client, client.random.pick(client.ledger.people)!),
  settle: (client) => withCell(client, memberships.canBeSettled(client), (cell) => memberships.settle(client, cell)),
};

async function member(client: Client, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await acts[client.random.weighted(HABITS)](client);
    await client.random.pause(60);
  }
}

async function drifter(client: Client, name: string, stop: AbortSignal): Promise<void> {
  const own = await signUp(client, name);
  while (own && !stop.aborted) {
    await drift(client, own);
    await client.random.pause(200);
  }
}

async function newcomers(client: Client, stop: AbortSignal): Promise<void> {
  for (let count = 1; !stop.aborted; count++) {
    const resident = await signUp(client, `newcomer${count}`);
    if (resident && client.ledger.people.length < 15) client.ledger.people.push(resident.person);
    await client.random.pause(4_000);
  }
}

const MEMBERS = 6;
const DRIFTERS = 2;

/** Everybody does business until they are told to stop; resolves when the last answer is in. */
export async function business(run: Run, stop: AbortSignal): Promise<void> {
  const client = (part: string): Client => ({ ...run, random: randomOf(run.seed, part) });
  const many = (count: number, start: (n: number) => Promise<void>) =>
    Array.from({ length: count }, (_, n) => start(n));
  await Promise.all([
    ...many(MEMBERS, (n) => member(client(`member ${n}`), stop)),
    ...many(DRIFTERS, (n) => drifter(client(`drifter ${n}`), `drifter${n}`, stop)),
    newcomers(client('newcomers'), stop),
  ]);
}
