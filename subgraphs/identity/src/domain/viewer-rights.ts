import { Conflict, Unauthenticated } from '@polity/kernel/graph/errors';
import { actorOf } from '@polity/kernel/request/acting';
import type { Viewer } from '@polity/kernel/request/context';
import { boundTenantOf, isMerelyVouched } from '@polity/kernel/request/vouched';
import type { Context } from '../context.ts';

/** Whether the viewer is the person with this id. */
export function isSelf(viewer: Viewer, userId: string): boolean {
  return viewer.kind === 'user' && viewer.id === userId;
}

/**
 * Whether the viewer is this person, acts for themselves and showed so: what an account holds beside its profile is nobody else's business, and
 * no tenant's provider is believed about it.
 */
export function ownsAccount(viewer: Viewer, userId: string): boolean {
  return isSelf(viewer, userId) && actorOf(viewer) === null && !isMerelyVouched(viewer);
}

/** Throws Conflict for an act on another tenant, or a new one, in a session that is valid in one tenant only. */
export function assertReaches({ viewer }: Pick<Context, 'viewer'>, tenantId: string | null): void {
  const bound = boundTenantOf(viewer);
  if (bound !== null && bound !== tenantId)
    throw new Conflict('This session is valid in the tenant whose provider began it. Sign in another way.');
}

/** Whether the viewer administers the whole installation. */
export async function isSystemAdmin({ viewer, access }: Pick<Context, 'viewer' | 'access'>): Promise<boolean> {
  return viewer.kind === 'user' && (await access.authorizer()).administers;
}

/** Whether the viewer holds the permission at the tenant of the request. */
export async function may(
  { access, request }: Pick<Context, 'access' | 'request'>,
  permission: string,
): Promise<boolean> {
  return request.tenantId !== null && (await access.authorizer()).mayAtTenant(permission);
}

/** The same as of now, for verbs that destroy or hand over: what was taken back since the operation began counts, for later questions too. */
export async function mayNow(ctx: Pick<Context, 'access' | 'request'>, permission: string): Promise<boolean> {
  await ctx.access.fresh();
  return may(ctx, permission);
}

/** Id of the person who asks. Throws Unauthenticated for anyone else. */
export function viewerIdOf({ viewer }: Pick<Context, 'viewer'>): string {
  if (viewer.kind !== 'user' || !viewer.id) throw new Unauthenticated();
  return viewer.id;
}
