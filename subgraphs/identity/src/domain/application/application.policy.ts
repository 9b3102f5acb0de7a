import type { Authorizer } from '@polity/kernel/access/authorizer';
import { reachesPermission } from '@polity/kernel/access/token-scopes';
import type { Viewer } from '@polity/kernel/request/context';
import type { Application } from './application.entity.ts';

type Place = Pick<Application, 'tenantId' | 'createdBy'>;

const registered = (viewer: Viewer, application: Place) =>
  viewer.kind === 'user' && viewer.id === application.createdBy;
const may = (authorizer: Authorizer, code: string, { tenantId }: Place) =>
  authorizer.may(code, { type: 'TENANT', id: tenantId });

/** Addresses, scopes and secrets' ends are for those who registered the application and for those who look after applications. */
export function seesDetails(viewer: Viewer, authorizer: Authorizer, application: Place): boolean {
  return registered(viewer, application) || may(authorizer, 'identity.application.read', application);
}

export function canChange(viewer: Viewer, authorizer: Authorizer, application: Place): boolean {
  return registered(viewer, application) || may(authorizer, 'identity.application.manage', application);
}

type Wish = Place & Pick<Application, 'clientCredentials' | 'requestedScopes'>;

/** Permissions that an application wants for itself by name and that whoever decides does not hold at the tenant. */
export function beyondDecider(authorizer: Authorizer, application: Wish): string[] {
  // With a person behind it, a token never reaches further than the person.
  if (!application.clientCredentials) return [];
  const codes = application.requestedScopes.filter((scope) => authorizer.set.catalogue.bits.has(scope));
  return codes.filter((code) => !may(authorizer, code, application));
}

/**
 * Permissions that an application gets for itself from whoever decides: those that its scopes name or mean today, as far as they hold them at
 * the tenant. A wide scope gives no more than its giver has, and nothing that comes later.
 */
export function givenBy(authorizer: Authorizer, application: Wish): string[] {
  const { clientCredentials, requestedScopes } = application;
  if (!clientCredentials) return [];
  const codes = [...authorizer.set.catalogue.bits.keys()].filter((code) => reachesPermission(requestedScopes, code));
  return codes.filter((code) => may(authorizer.quiet, code, application)).sort();
}

export function canDecide(authorizer: Authorizer, application: Place): boolean {
  return may(authorizer, 'identity.application.manage', application);
}
