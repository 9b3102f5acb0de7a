import type { Facts } from './facts.ts';
import type { Cell, Ledger, Post, Standing, Team, Thing } from './ledger.ts';

const STATUS: Record<Standing, string> = { out: 'none', invited: 'INVITED', in: 'ACTIVE', banned: 'BANNED' };
const isRole = (toward: string) => toward.startsWith('portal.');

/** Standings that fit what was said: where a change was left open, that which it would have made, too. */
function possible({ is, doubt }: Cell): string[] {
  const toward = doubt?.toward ?? is;
  return [STATUS[is], ...(toward in STATUS ? [STATUS[toward as Standing]] : [])];
}

const told = ({ story }: Thing) => `\n    ${story.slice(-12).join('\n    ')}`;

function* ofCell(cell: Cell, { standings, bindings }: Facts, helperRole: string): Generator<string> {
  const { community, person, roles, doubt } = cell;
  const who = `${person.name} in ${community.slug}`;
  const place = `${community.id} ${person.id}`;
  const found = standings.get(place);
  const status = found?.status ?? 'none';
  const wanted = possible(cell);
  if (!wanted.includes(status)) yield `${who} is ${status}, was told ${wanted.join(' or ')}${told(cell)}`;
  if (status === 'ACTIVE' && cell.is === 'in' && !roles.has(found!.roleKey))
    yield `${who} is ${found!.roleKey}, was told ${[...roles].join(' or ')}${told(cell)}`;
  const isHelper = bindings.COMMUNITY.has(`${place} ${helperRole}`);
  const isOpen = cell.helper === 'maybe' || (doubt !== null && (doubt.toward in STATUS || !isRole(doubt.toward)));
  if (!isOpen && isHelper !== (cell.helper !== null))
    yield `${who} ${isHelper ? 'holds' : 'lost'} the helpers' role${told(cell)}`;
}

function* ofTeam(team: Team, { teams, seats: taken }: Facts): Generator<string> {
  const { id, slug, is, doubt, seats } = team;
  const isThere = teams.get(slug)?.includes(id) ?? false;
  if (!doubt && isThere !== (is === 'live'))
    yield `team ${slug} is ${isThere ? 'there' : 'gone'}, was told ${is}${told(team)}`;
  if (is === 'gone' && isThere) yield `team ${slug} is there, was told that it is gone${told(team)}`;
  if (doubt || !isThere) return;
  for (const [person, seat] of seats) {
    const isTaken = taken.has(`${id} ${person.id}`);
    if (seat !== 'maybe' && isTaken !== (seat === 'in'))
      yield `${person.name} is ${isTaken ? '' : 'not '}in team ${slug}, was told ${seat}${told(team)}`;
  }
}

function* ofPost({ title, is }: Post, { posts }: Facts): Generator<string> {
  const count = posts.get(title) ?? 0;
  if (count > 1) yield `"${title}" is there ${count} times`;
  if (is === 'live' && count === 0) yield `"${title}" is lost`;
  if (is === 'gone' && count > 0) yield `"${title}" was deleted and is there`;
}

/** Every acknowledged act that the databases do not bear out. */
export function brokenPromises(ledger: Ledger, facts: Facts, helperRole: string): string[] {
  const broken = [...ledger.broken];
  for (const { slug, id } of ledger.communities) {
    const ids = facts.communities.get(slug) ?? [];
    if (ids.length !== 1 || ids[0] !== id) broken.push(`community ${slug} is there ${ids.length} times`);
  }
  for (const [kind, slugs, there] of [
    ['community', ledger.openSlugs, facts.communities],
    ['team', ledger.openTeamSlugs, facts.teams],
  ] as const) {
    for (const slug of slugs) if ((there.get(slug)?.length ?? 0) > 1) broken.push(`${kind} ${slug} is there twice`);
  }
  for (const cell of ledger.cells) broken.push(...ofCell(cell, facts, helperRole));
  for (const team of ledger.teams) broken.push(...ofTeam(team, facts));
  for (const post of ledger.posts) broken.push(...ofPost(post, facts));
  for (const { person, isIn, doubt } of ledger.residents) {
    if (!doubt && facts.residents.has(person.id) !== isIn)
      broken.push(`${person.name} is ${isIn ? 'not ' : ''}in the tenant, was told otherwise`);
  }
  return broken;
}
