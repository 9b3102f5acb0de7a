import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { visibilityAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { placeOf } from '../scope.ts';
import { Post, type PostRow } from './post.entity.ts';
import { newPost, postChanges } from './post.input.ts';
import { canEdit, canPost } from './post.policy.ts';
import { seenPosts } from './post.visibility.ts';

export type NewPost = z.input<typeof newPost> & { scope: ScopeRef };

const NOUN = 'This post';

function event(post: Post) {
  const { communityId, teamId } = post.place();
  return { postId: post.id, communityId, teamId, visibility: post.visibility };
}

/** The post for a verb that changes it; hidden and missing give the same NotFound. */
const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Post> =>
  getVisible(tx, Post, { id, visible: seenPosts(authorizer), noun: NOUN });

export async function create(ctx: Context, { scope, ...input }: NewPost): Promise<Post> {
  const authorizer = await ctx.access.authorizer();
  const { title, body, visibility } = checked(newPost, input);
  const bodyHtml = await renderMarkdown(body);
  return write(ctx, async (tx) => {
    const { community, team } = await placeOf(tx, authorizer, scope);
    if (!canPost(authorizer, { scope, communityId: community?.id ?? null, teamId: team?.id ?? null }))
      throw new Forbidden();
    community?.mustLive();
    const post = tx.create(Post, {
      id: uuidv7(),
      tenantId: ctx.tenantId,
      authorId: ctx.viewer.id as string,
      community,
      team,
      title,
      body,
      bodyHtml,
      visibility: visibilityAt(scope.type, visibility),
    });
    await recordEvent(tx, ctx, 'portal.post.created', { subject: post.id, data: event(post) });
    return post;
  });
}

export async function update(ctx: Context, id: string, input: z.input<typeof postChanges>): Promise<Post> {
  const authorizer = await ctx.access.authorizer();
  const changes = checked(postChanges, input);
  const rendered = changes.body && { bodyHtml: await renderMarkdown(changes.body) };
  return write(ctx, async (tx) => {
    const post = await get(tx, authorizer, id);
    if (!canEdit(authorizer, post)) throw new Forbidden();
    if (changes.visibility) visibilityAt(post.scopeRef().type, changes.visibility);
    post.edit({ ...changes, ...rendered }, ctx.clock.now());
    await recordEvent(tx, ctx, 'portal.post.updated', { subject: id, data: event(post) });
    return post;
  });
}

/** Deletes a post and returns it as it was. Throws NotFound, Forbidden. */
export async function remove(ctx: Context, id: string): Promise<Post> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const post = await get(tx, authorizer, id);
    if (!canEdit(authorizer, post)) throw new Forbidden();
    // Whoever deletes the row tells about it, so that two at once are one deletion.
    if ((await tx.nativeDelete(Post, { id })) === 0) throw new NotFound(NOUN);
    await recordEvent(tx, ctx, 'portal.post.deleted', { subject: id, data: event(post) });
    return post;
  });
}

export async function viewerCanEdit(ctx: Context, post: PostRow): Promise<boolean> {
  return canEdit((await ctx.access.authorizer()).quiet, post);
}
