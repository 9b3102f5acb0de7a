import { Unauthenticated } from '@polity/kernel/graph/errors';
import type { Context } from '../context.ts';

/** Id of the person who asks. Throws Unauthenticated for anyone else. */
export function viewerIdOf({ viewer }: Pick<Context, 'viewer'>): string {
  if (viewer.kind !== 'user' || !viewer.id) throw new Unauthenticated();
  return viewer.id;
}
