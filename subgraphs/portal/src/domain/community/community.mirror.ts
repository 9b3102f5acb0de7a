import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { registerScope, type Via } from '@polity/kernel/access/mirror';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { Community } from './community.entity.ts';

// Access knows of a community whether everybody may know of it and whether it is archived, so that other subgraphs need not ask the portal.
// What is taken (hidden, archived) is told before it is committed, what is given (open) afterwards.

/** Tells access what the community is; the caller has its row locked. */
export function describe(via: Via, { id, tenantId, visibility, archivedAt }: Community): Promise<void> {
  const state = { open: visibility === 'PUBLIC', archived: archivedAt !== null };
  return registerScope(via, { type: 'COMMUNITY', id, parentId: tenantId, ...state });
}

/** Tells access what the community is by now. The row stays locked meanwhile, so that nothing that is taken can be overtaken by this. */
export async function describeAgain(tx: EntityManager, via: Via, id: string): Promise<void> {
  const community = await tx.findOne(Community, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (community) await describe(via, community);
}

/** Enqueued with each change, under the community's id: what the verb could not tell access itself. */
export const describeCommunity: JobDefinition = {
  name: 'describe-community',
  async run({ key, tenantId }, { em, services }) {
    const via = { services: services(tenantId) };
    await em(tenantId).transactional((tx) => describeAgain(tx, via, key));
    return undefined;
  },
};
