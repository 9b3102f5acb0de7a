import type { Authorizer } from '@polity/kernel/access/authorizer';
import { changesOf, isSuspended, isSystemAdmin } from '@polity/kernel/access/set';

/** Only who administers the installation uses the permission, whoever else was given it; it is asked for, so that the log hears of it. */
export const canManageFlags = (authorizer: Authorizer): boolean =>
  authorizer.mayAtTenant('access.flag.manage') && authorizer.administers;

/** Whether the viewer goes on administering until that instant, infinity being for good: nobody makes another administrator for longer. */
export function administersUntil({ set, nowMs }: Authorizer, untilMs: number): boolean {
  const changes = changesOf(set).filter((instant) => nowMs < instant && instant < untilMs);
  return [nowMs, ...changes].every((instant) => isSystemAdmin(set, instant) && !isSuspended(set, instant));
}
