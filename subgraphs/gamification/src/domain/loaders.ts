import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Achievement } from './achievement/achievement.entity.ts';
import { seenAchievements, seenGrants } from './achievement/achievement.visibility.ts';
import { Grant } from './grant/grant.entity.ts';
import { Player } from './player/player.entity.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders({ em, access }: BaseContext) {
  const visible = async () => ({ visible: seenAchievements(await access.authorizer()) });
  return {
    achievementById: rowBy(em, Achievement, 'id', visible),
    grantById: rowBy(em, Grant, 'id', async () => ({ visible: seenGrants(await access.authorizer()) })),
    playerOf: rowBy(em, Player, 'userId'),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
