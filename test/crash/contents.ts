import { alone, type Cell, type Post, remember, type Team } from './ledger.ts';
import { at, type Client } from './run.ts';

const POST = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
const DELETE_POST = 'mutation ($id: ID!) { deletePost(id: $id) { id } }';
const TEAM = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }';
const SEAT = 'mutation ($t: ID!, $u: ID!) { addToTeam(teamId: $t, userId: $u) { user { id } } }';
const UNSEAT = 'mutation ($t: ID!, $u: ID!) { removeFromTeam(teamId: $t, userId: $u) { id } }';
const DISBAND = 'mutation ($t: ID!) { deleteTeam(id: $t) { id } }';

export const isMember = (cell: Cell) => cell.is === 'in' && !cell.doubt;

export async function post(client: Client, cell: Cell): Promise<void> {
  await alone([cell], async () => {
    const title = `post ${client.number()}`;
    const input = { scope: at(cell), title, body: 'What happened today.' };
    const outcome = await cell.person.ask('post', POST, { input });
    if (outcome.kind === 'no') return;
    const isMade = outcome.kind === 'yes';
    client.ledger.posts.push({
      title,
      cell,
      id: isMade ? outcome.data.createPost.id : '',
      is: isMade ? 'live' : 'maybe',
    });
  });
}

export async function unpost(own: Post): Promise<void> {
  const { cell, id } = own;
  await alone([cell], async () => {
    const outcome = await cell.person.ask('delete a post', DELETE_POST, { id });
    if (outcome.kind === 'yes') own.is = 'gone';
    if (outcome.kind === 'unknown') own.is = 'maybe';
  });
}

export async function form(client: Client, owners: Cell): Promise<void> {
  const { ledger } = client;
  const { community, person } = owners;
  await alone([owners], async () => {
    const slug = `t-${client.number()}`;
    const input = { communityId: community.id, slug, name: slug };
    const outcome = await person.ask('form a team', TEAM, { input });
    if (outcome.kind === 'unknown') ledger.openTeamSlugs.add(slug);
    if (outcome.kind !== 'yes') return;
    const { id } = outcome.data.createTeam;
    ledger.teams.push({ id, slug, community, is: 'live', seats: new Map(), busy: false, doubt: null, story: [] });
  });
}

/** Puts a member into the team or takes them out again. Where that was left open, nobody touches the seat any more. */
export async function seat(cell: Cell, team: Team): Promise<void> {
  const { person, community } = cell;
  const isIn = team.seats.get(person) === 'in';
  await alone([cell, team], async () => {
    const act = isIn ? 'take out of a team' : 'put into a team';
    const outcome = await community.owner.ask(act, isIn ? UNSEAT : SEAT, { t: team.id, u: person.id });
    remember(team, `${act}: ${person.name}`, outcome);
    if (outcome.kind === 'yes') team.seats.set(person, isIn ? 'out' : 'in');
    if (outcome.kind === 'unknown') team.seats.set(person, 'maybe');
  });
}

export const canBeSeated = (team: Team) => (cell: Cell) =>
  cell.community === team.community && isMember(cell) && !cell.isDrifting && team.seats.get(cell.person) !== 'maybe';

export async function disband(client: Client, team: Team): Promise<void> {
  await alone([team], async () => {
    const outcome = await team.community.owner.ask('disband a team', DISBAND, { t: team.id });
    remember(team, 'disband', outcome);
    const isGone = team.doubt && outcome.kind === 'no' && outcome.code === 'NOT_FOUND';
    if (outcome.kind === 'unknown') client.ledger.leaveOpen(team, 'gone');
    if (outcome.kind !== 'yes' && !isGone) return;
    team.is = 'gone';
    for (const person of team.seats.keys()) team.seats.set(person, 'out');
  });
}
