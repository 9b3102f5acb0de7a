import type { Facts } from './facts.ts';
import { MEMBERS_RIGHT } from './memberships.ts';
import { at, can, mustBeDead, type Run } from './run.ts';
import { certain } from './scene.ts';

const COUNT = 'query ($id: ID!) { community(id: $id) { memberCount } }';

/** What the gateway says that the databases do not: who may do what members may, how many they are, and who is signed in. */
export async function wrongAnswers(run: Run, { standings }: Facts): Promise<string[]> {
  const { ledger, admin } = run;
  const wrong: string[] = [];
  const isMember = (place: string) => standings.get(place)?.status === 'ACTIVE';

  async function askAll(cells: typeof ledger.cells) {
    for (const cell of cells) {
      const { community, person } = cell;
      const expected = isMember(`${community.id} ${person.id}`);
      const allowed = await can(person, MEMBERS_RIGHT, at(cell));
      if (allowed !== expected)
        wrong.push(`${person.name} in ${community.slug}: member ${expected}, allowed ${allowed}`);
    }
  }

  await Promise.all([...Map.groupBy(ledger.cells, ({ person }) => person).values()].map(askAll));
  for (const { id, slug } of ledger.communities) {
    const { memberCount } = (await certain(admin, COUNT, { id })).community;
    const members = [...standings.keys()].filter((place) => place.startsWith(id) && isMember(place));
    if (memberCount !== members.length) wrong.push(`${slug} counts ${memberCount} of ${members.length} members`);
  }
  for (const dead of ledger.deadSessions) await mustBeDead(run, dead);
  return [...wrong, ...ledger.broken];
}
