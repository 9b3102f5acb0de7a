import { groupLoaderBy, type Loader } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Membership } from './membership.entity.ts';

/** Memberships of people in all their tenants; the policy of the table shows them to the person only. */
export function membershipLoaders({ em }: BaseContext): { membershipsOfUser: Loader<string, Membership[]> } {
  const membershipsOfUser = groupLoaderBy<string, Membership>(
    (userIds) => em.find(Membership, { userId: { $in: [...userIds] } }, { orderBy: { joinedAt: 'asc', id: 'asc' } }),
    (membership) => membership.userId,
  );
  return { membershipsOfUser };
}
