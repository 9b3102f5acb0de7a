import { loaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { ALIAS, matching } from '../sql.ts';
import { Post } from './post.entity.ts';
import { seenPosts } from './post.visibility.ts';

export const postById = (ctx: Context) =>
  loaderBy(
    async (ids: readonly string[]) => {
      const seen = matching<Post>(seenPosts(await ctx.access.asker(), ALIAS));
      return ctx.em.find(
        Post,
        { $and: [{ id: ids.filter(isUuid) }, seen] },
        { populate: ['team'], strategy: 'joined' },
      );
    },
    (post: Post) => post.id,
  );
