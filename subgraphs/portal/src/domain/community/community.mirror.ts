import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { registerScope } from '@polity/kernel/access/mirror';
import { write } from '@polity/kernel/domain/write';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import { Community } from './community.entity.ts';

// Access knows of a community whether everybody may know of it and whether it is archived, so that other subgraphs need not ask the portal.
// What is taken (hidden, archived) is told before it is committed, what is given (open) afterwards.

/** Tells access what the community is; the caller has its row locked. */
export function describe(
  ctx: Pick<Context, 'services'>,
  { id, tenantId, visibility, archivedAt }: Community,
): Promise<void> {
  const state = { open: visibility === 'PUBLIC', archived: archivedAt !== null };
  return registerScope(ctx, { type: 'COMMUNITY', id, parentId: tenantId, ...state });
}

/** Tells access what the community is by now. The row stays locked meanwhile, so that nothing that is taken can be overtaken by this. */
export async function describeAgain(tx: EntityManager, ctx: Pick<Context, 'services'>, id: string): Promise<void> {
  const community = await tx.findOne(Community, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (community) await describe(ctx, community);
}

/** Enqueued with each change, under the community's id: what the verb could not tell access itself. */
export const describeCommunity: JobDefinition<unknown, Context> = {
  name: 'describe-community',
  async run({ key, tenantId }, { name }, _ports, open) {
    const ctx = open(serviceRequest(name, tenantId));
    await write(ctx, (tx) => describeAgain(tx, ctx, key));
    return undefined;
  },
};
