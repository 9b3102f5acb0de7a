import type { Authorizer } from '@polity/kernel/access/authorizer';

interface Place {
  id: string;
}

export const canUpdate = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.team.update', { type: 'TEAM', id });
export const canDelete = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.team.delete', { type: 'TEAM', id });

/** Whoever runs the team takes anyone out of it, and everyone may go by themselves. */
export const canTakeOut = (authorizer: Authorizer, team: Place, userId: string): boolean =>
  authorizer.viewerId === userId || canUpdate(authorizer, team);
