import type { ScopeType } from '@polity/kernel/access/tree';
import { change, line, text } from '@polity/kernel/domain/input';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import { type PostVisibility, postVisibilities } from './post.entity.ts';

const title = line(200);
const body = text(50_000).min(1, 'must not be empty');
const visibility = z.enum(postVisibilities);

export const newPost = z.object({ title, body, visibility: change(visibility) });
export const postChanges = z.object({ title: change(title), body: change(body), visibility: change(visibility) });

/** The visibility of a post at a scope: that of its members unless chosen. Throws InvalidInput for TEAM outside a team. */
export function visibilityAt(type: ScopeType, chosen: PostVisibility | undefined): PostVisibility {
  if (chosen === 'TEAM' && type !== 'TEAM') throw new InvalidInput({ visibility: 'TEAM is for posts of a team' });
  return chosen ?? (type === 'TEAM' ? 'TEAM' : 'COMMUNITY');
}
