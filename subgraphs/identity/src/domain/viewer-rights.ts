import { isSystemAdmin as hasSystemFlag } from '@polity/kernel/access/set';
import { actorOf } from '@polity/kernel/request/acting';
import type { Viewer } from '@polity/kernel/request/context';
import type { Context } from '../context.ts';

/** Whether the viewer is the person with this id. */
export function isSelf(viewer: Viewer, userId: string): boolean {
  return viewer.kind === 'user' && viewer.id === userId;
}

/** Whether the viewer is this person and acts for themselves: what an account holds beside its profile is nobody else's business. */
export function ownsAccount(viewer: Viewer, userId: string): boolean {
  return isSelf(viewer, userId) && actorOf(viewer) === null;
}

/** Whether the viewer administers the whole installation. */
export async function isSystemAdmin({
  viewer,
  access,
  clock,
}: Pick<Context, 'viewer' | 'access' | 'clock'>): Promise<boolean> {
  return viewer.kind === 'user' && hasSystemFlag(await access.set(), clock.nowMs());
}

/** Whether the viewer holds the permission at the tenant of the request. */
export async function may(
  { access, request }: Pick<Context, 'access' | 'request'>,
  permission: string,
): Promise<boolean> {
  const { tenantId } = request;
  if (!tenantId) return false;
  return (await access.decide(permission, { type: 'TENANT', id: tenantId })).allowed;
}
