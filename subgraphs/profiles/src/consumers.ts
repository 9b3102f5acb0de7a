import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from './context.ts';
import { refresh, refreshEverywhere } from './domain/search/names.mirror.ts';

interface Member {
  tenantId: string;
  userId: string;
}

/** What is done about events of others: names are taken over from identity, which owns them. Each act sets what is so now, so it may be repeated. */
export const consumers: ConsumerDefinition<Context>[] = [
  {
    name: 'names',
    types: ['identity.membership.created', 'identity.membership.ended', 'identity.user.updated'],
    async repeat({ type, data }, ctx) {
      const { tenantId, userId } = data as unknown as Member;
      if (type === 'identity.user.updated') await refreshEverywhere(ctx, userId);
      else await refresh(ctx.inTenant(tenantId), [userId]);
    },
  },
];
