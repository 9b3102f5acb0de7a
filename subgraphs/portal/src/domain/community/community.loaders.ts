import { loaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { ALIAS, matching } from '../sql.ts';
import { Community } from './community.entity.ts';
import { seenCommunities } from './community.visibility.ts';

export const communityById = (ctx: Context) =>
  loaderBy(
    async (ids: readonly string[]) => {
      const seen = matching<Community>(seenCommunities(await ctx.access.asker(), ALIAS));
      return ctx.em.find(Community, { $and: [{ id: ids.filter(isUuid) }, seen] });
    },
    (community) => community.id,
  );
