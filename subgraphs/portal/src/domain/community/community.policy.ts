import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef } from '@polity/kernel/access/tree';

const at = (id: string): ScopeRef => ({ type: 'COMMUNITY', id });
const atTenant = ({ tenantId }: Asker): ScopeRef => ({ type: 'TENANT', id: tenantId });

interface Place {
  id: string;
}

export const canCreate = (asker: Asker): boolean => asker.may('portal.community.create', atTenant(asker));
export const canJoin = (asker: Asker): boolean => asker.may('portal.community.join', atTenant(asker));
export const canUpdate = (asker: Asker, { id }: Place): boolean => asker.may('portal.community.update', at(id));
export const canArchive = (asker: Asker, { id }: Place): boolean => asker.may('portal.community.archive', at(id));
export const canInvite = (asker: Asker, { id }: Place): boolean => asker.may('portal.member.invite', at(id));
export const canApprove = (asker: Asker, { id }: Place): boolean => asker.may('portal.member.approve', at(id));
export const canPromote = (asker: Asker, { id }: Place): boolean => asker.may('portal.member.promote', at(id));
export const canCreateTeam = (asker: Asker, { id }: Place): boolean => asker.may('portal.team.create', at(id));

/** Those who invite or approve see who waits, is invited or was banned. */
export const canSeeWaiting = (asker: Asker, place: Place): boolean =>
  canInvite(asker, place) || canApprove(asker, place);

/** A moderator removes members, but not those above them. */
export function canRemove(asker: Asker, place: Place, roleKey: string): boolean {
  return asker.may('portal.member.remove', at(place.id)) && (roleKey === 'portal.member' || canPromote(asker, place));
}
