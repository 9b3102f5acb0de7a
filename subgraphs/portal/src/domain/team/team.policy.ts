import type { Asker } from '@polity/kernel/access/asker';

interface Place {
  id: string;
}

export const canUpdate = (asker: Asker, { id }: Place): boolean =>
  asker.may('portal.team.update', { type: 'TEAM', id });
export const canDelete = (asker: Asker, { id }: Place): boolean =>
  asker.may('portal.team.delete', { type: 'TEAM', id });

/** Whoever runs the team takes anyone out of it, and everyone may go by themselves. */
export const canTakeOut = (asker: Asker, team: Place, userId: string): boolean =>
  asker.viewerId === userId || canUpdate(asker, team);
