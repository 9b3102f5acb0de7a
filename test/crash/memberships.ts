import { alone, type Cell, remember } from './ledger.ts';
import type { Outcome, Person } from './person.ts';
import { at, type Client, mustBeDenied } from './run.ts';

const FOUND = 'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }';
const BY_SLUG = 'query ($slug: String!) { community(slug: $slug) { id } }';
const JOIN = 'mutation ($c: ID!) { joinCommunity(id: $c) { status roleKey } }';
const LEAVE = 'mutation ($c: ID!) { leaveCommunity(id: $c) { id } }';
const INVITE = 'mutation ($c: ID!, $u: ID!) { inviteToCommunity(communityId: $c, userId: $u) { status } }';
const REMOVE =
  'mutation ($c: ID!, $u: ID!, $ban: Boolean) { removeFromCommunity(communityId: $c, userId: $u, ban: $ban) { id } }';
const PROMOTE =
  'mutation ($c: ID!, $u: ID!, $role: String!) { setCommunityRole(communityId: $c, userId: $u, roleKey: $role) { roleKey } }';
const STANDING = 'query ($c: ID!) { me { id } community(id: $c) { viewerMembership { status roleKey } } }';

/** What only members may do: no role of the tenant has it. */
export const MEMBERS_RIGHT = 'portal.post.create';

export async function found(client: Client, owner: Person): Promise<void> {
  const { ledger, random } = client;
  const slug = `c-${client.number()}`;
  const isOpen = random.chance(0.75);
  const input = { slug, name: slug, joinPolicy: isOpen ? 'OPEN' : 'INVITE' };
  for (let tries = 0; tries < 5; tries++) {
    const made = await owner.ask('found', FOUND, { input });
    const known = made.kind === 'no' && made.code === 'ALREADY_EXISTS' ? await owner.look(BY_SLUG, { slug }) : null;
    const id = made.kind === 'yes' ? made.data.createCommunity.id : known?.kind === 'yes' && known.data.community?.id;
    if (id) {
      const community = { id, slug, owner, isOpen };
      const cell = ledger.cell(community, owner);
      Object.assign(cell, { is: 'in', roles: new Set(['portal.owner']) });
      ledger.communities.push(community);
      return;
    }
    await random.pause(2_000);
  }
  ledger.openSlugs.add(slug);
}

/** Asks for one change of the cell and keeps what is known afterwards; `no` may say that it is done already. */
async function change(client: Client, cell: Cell, toward: string, ask: () => Promise<Outcome>, done: () => void) {
  const outcome = await ask();
  remember(cell, toward, outcome);
  if (outcome.kind === 'unknown') client.ledger.leaveOpen(cell, toward);
  else if (outcome.kind === 'yes' || (cell.doubt && isDoneAlready(toward, outcome))) done();
  return outcome;
}

function isDoneAlready(toward: string, { code, details }: Extract<Outcome, { kind: 'no' }>): boolean {
  if (toward === 'out' || toward === 'no helper') return code === 'NOT_FOUND';
  const status = { in: 'ACTIVE', invited: 'INVITED' }[toward];
  return code === 'ALREADY_EXISTS' && details.status === status;
}

/** They are out of the community, and with it of its teams and of every role there. */
export function isOut({ ledger }: Client, cell: Cell, is: Exclude<Cell['is'], 'in'> = 'out'): void {
  Object.assign(cell, { is, roles: new Set(), helper: null });
  for (const { seats } of ledger.teamsOf(cell.community)) {
    if (seats.get(cell.person) === 'in') seats.set(cell.person, 'out');
  }
}

/** Whether they are out of it is open, and so is what hangs on it. */
export function mayBeOut({ ledger }: Client, cell: Cell): void {
  if (cell.helper) cell.helper = 'maybe';
  for (const { seats } of ledger.teamsOf(cell.community)) {
    if (seats.get(cell.person) === 'in') seats.set(cell.person, 'maybe');
  }
}

export async function join(client: Client, cell: Cell): Promise<void> {
  const { community, person } = cell;
  await alone([cell], async () => {
    const ask = () => person.ask('join', JOIN, { c: community.id });
    await change(client, cell, 'in', ask, () => Object.assign(cell, { is: 'in', roles: new Set(['portal.member']) }));
  });
}

export const canJoin = (client: Client) => (cell: Cell) =>
  ((cell.is === 'out' && cell.community.isOpen) || cell.is === 'invited') && client.ledger.mayGo(cell, 'in');

/** Ends the membership, or the invitation, and sees that it is over. */
async function end(client: Client, cell: Cell, toward: 'out' | 'banned', ask: () => Promise<Outcome>): Promise<void> {
  await alone([cell], async () => {
    const outcome = await change(client, cell, toward, ask, () => isOut(client, cell, toward));
    if (outcome.kind === 'unknown') mayBeOut(client, cell);
    if (cell.is !== toward) return;
    await mustBeDenied(client, cell, MEMBERS_RIGHT, `"${toward}" was acknowledged`);
    await mustNotPost(client, cell);
  });
}

export const leave = (client: Client, cell: Cell) =>
  end(client, cell, 'out', () => cell.person.ask('leave', LEAVE, { c: cell.community.id }));

export async function remove(client: Client, cell: Cell, ban: boolean): Promise<void> {
  const { community, person } = cell;
  const variables = { c: community.id, u: person.id, ban };
  await end(client, cell, ban ? 'banned' : 'out', () => community.owner.ask(ban ? 'ban' : 'remove', REMOVE, variables));
}

export const canEnd = (client: Client, toward: 'out' | 'banned') => (cell: Cell) =>
  cell.is !== 'out' && cell.is !== toward && cell.person !== cell.community.owner && client.ledger.mayGo(cell, toward);

const POST = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';

async function mustNotPost(client: Client, cell: Cell): Promise<void> {
  const input = { scope: at(cell), title: `by a stranger ${client.number()}`, body: 'No.' };
  const outcome = await cell.person.ask('post as a stranger', POST, { input });
  if (outcome.kind === 'yes')
    client.ledger.broken.push(`${cell.person.name} posted in ${cell.community.slug} after leaving`);
}

export async function invite(client: Client, cell: Cell): Promise<void> {
  const { community, person } = cell;
  await alone([cell], async () => {
    const ask = () => community.owner.ask('invite', INVITE, { c: community.id, u: person.id });
    await change(client, cell, 'invited', ask, () => Object.assign(cell, { is: 'invited' }));
  });
}

export const canBeInvited = (client: Client) => (cell: Cell) =>
  cell.is === 'out' && client.ledger.mayGo(cell, 'invited');

export async function promote(client: Client, cell: Cell, role: string): Promise<void> {
  const { community, person } = cell;
  await alone([cell], async () => {
    const ask = () => community.owner.ask('promote', PROMOTE, { c: community.id, u: person.id, role });
    const outcome = await change(client, cell, role, ask, () => (cell.roles = new Set([role])));
    if (outcome.kind === 'unknown') cell.roles.add(role);
    if (outcome.kind !== 'yes' || role !== 'portal.member') return;
    await mustBeDenied(client, cell, 'portal.post.manage', 'they were made a plain member');
  });
}

export const canBePromoted = (client: Client, role: string) => (cell: Cell) =>
  cell.is === 'in' && cell.person !== cell.community.owner && client.ledger.mayGo(cell, role);

const BIND = 'mutation ($input: BindRoleInput!) { bindRole(input: $input) { id } }';
const UNBIND = 'mutation ($id: ID!) { unbindRole(id: $id) { id } }';

/** Gives or takes the helpers' role, which no membership gives. */
export async function help(client: Client, cell: Cell): Promise<void> {
  const { admin, helperRole } = client;
  await alone([cell], async () => {
    const bound = cell.helper && cell.helper !== 'maybe' ? cell.helper : null;
    if (!bound || cell.doubt?.toward === 'helper') {
      const input = { userId: cell.person.id, roleKey: helperRole, scope: at(cell) };
      const outcome = await change(
        client,
        cell,
        'helper',
        () => admin.ask('bind', BIND, { input }),
        () => {},
      );
      if (outcome.kind === 'unknown') cell.helper = 'maybe';
      if (outcome.kind === 'yes') cell.helper = outcome.data.bindRole.id;
      return;
    }
    const ask = () => admin.ask('unbind', UNBIND, { id: bound });
    const outcome = await change(client, cell, 'no helper', ask, () => (cell.helper = null));
    if (outcome.kind === 'yes') await mustBeDenied(client, cell, 'portal.member.invite', 'the role was unbound');
  });
}

export const canBeHelped = (client: Client) => (cell: Cell) => {
  const isMember = cell.is === 'in' && cell.roles.size === 1 && cell.roles.has('portal.member');
  return isMember && (client.ledger.mayGo(cell, 'helper') || cell.doubt?.toward === 'no helper');
};

/** Looks at how a thing came out that was left open, once nobody can be at it any more. */
export async function settle(client: Client, cell: Cell): Promise<void> {
  await alone([cell], async () => {
    const outcome = await cell.person.look(STANDING, { c: cell.community.id });
    if (outcome.kind !== 'yes' || !outcome.data.community) return;
    // Nobody's membership is shown to somebody who has lost their session.
    if (!outcome.data.me) return cell.person.forgetLook();
    const membership = outcome.data.community.viewerMembership;
    const standings = { ACTIVE: 'in', INVITED: 'invited', BANNED: 'banned' } as Record<string, Cell['is']>;
    const is = membership ? standings[membership.status] : 'out';
    if (!is) return;
    if (is === 'in') Object.assign(cell, { is, roles: new Set([membership.roleKey]) });
    else isOut(client, cell, is);
    if (cell.helper || cell.doubt?.toward === 'helper') cell.helper = 'maybe';
    cell.doubt = null;
    remember(cell, `seen to be ${is}`);
  });
}

export const canBeSettled = (client: Client) => (cell: Cell) => client.ledger.hasSettled(cell);
