import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';

const at = (id: string): ScopeRef => ({ type: 'COMMUNITY', id });
const atTenant = ({ tenantId }: Authorizer): ScopeRef => ({ type: 'TENANT', id: tenantId });

interface Place {
  id: string;
}

export const canCreate = (authorizer: Authorizer): boolean =>
  authorizer.may('portal.community.create', atTenant(authorizer));
export const canJoin = (authorizer: Authorizer): boolean =>
  authorizer.may('portal.community.join', atTenant(authorizer));
export const canUpdate = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.community.update', at(id));
export const canArchive = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.community.archive', at(id));
export const canInvite = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.member.invite', at(id));
export const canApprove = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.member.approve', at(id));
export const canPromote = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.member.promote', at(id));
export const canCreateTeam = (authorizer: Authorizer, { id }: Place): boolean =>
  authorizer.may('portal.team.create', at(id));

/** Those who invite or approve see who waits, is invited or was banned. */
export const canSeeWaiting = (authorizer: Authorizer, place: Place): boolean =>
  canInvite(authorizer, place) || canApprove(authorizer, place);

/** A moderator removes members, but not those above them. */
export function canRemove(authorizer: Authorizer, place: Place, roleKey: string): boolean {
  return (
    authorizer.may('portal.member.remove', at(place.id)) &&
    (roleKey === 'portal.member' || canPromote(authorizer, place))
  );
}
