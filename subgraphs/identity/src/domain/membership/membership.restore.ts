import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { recordEvent } from '@polity/kernel/events/outbox';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { ServiceClient } from '@polity/kernel/service/client';
import { bindTenantRole } from '../access-mirror.ts';
import { Membership } from './membership.entity.ts';

interface Revoked {
  membershipId: string;
  scopeType: string;
  roleKeys: string[];
}

/**
 * Roles are revoked before it is committed that a membership ends. Where whoever ended it was cut off in between, it stands without its
 * roles: they are given again, and others are told to do the same. Whoever ends it holds its row, so that this waits for them.
 */
async function restore(tx: EntityManager, services: ServiceClient, { membershipId, roleKeys }: Revoked): Promise<void> {
  const membership = await tx.findOne(Membership, membershipId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!membership) return;
  const { tenantId, userId } = membership;
  for (const roleKey of roleKeys) await bindTenantRole(services, { tenantId, userId }, roleKey, 'membership');
  const data = { tenantId, userId };
  await recordEvent(tx, { type: 'identity.membership.restored', subject: userId, tenantId, actorId: null, data });
}

/** What identity does about memberships that stand without their roles. */
export const unfinishedEnds: ConsumerDefinition = {
  name: 'unfinished-ends',
  types: ['access.membership.revoked'],
  async handle(tx, { tenantid, data }, { services }) {
    const revoked = data as Revoked;
    if (revoked.scopeType === 'TENANT') await restore(tx, services(tenantid), revoked);
  },
};
