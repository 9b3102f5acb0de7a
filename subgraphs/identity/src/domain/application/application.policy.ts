import type { Asker } from '@polity/kernel/access/asker';
import type { Viewer } from '@polity/kernel/request/context';
import type { Application } from './application.entity.ts';

type Place = Pick<Application, 'tenantId' | 'createdBy'>;

const registered = (viewer: Viewer, application: Place) =>
  viewer.kind === 'user' && viewer.id === application.createdBy;
const may = (asker: Asker, code: string, { tenantId }: Place) => asker.may(code, { type: 'TENANT', id: tenantId });

/** Addresses, scopes and secrets' ends are for those who registered the application and for those who look after applications. */
export function seesDetails(viewer: Viewer, asker: Asker, application: Place): boolean {
  return registered(viewer, application) || may(asker, 'identity.application.read', application);
}

export function canChange(viewer: Viewer, asker: Asker, application: Place): boolean {
  return registered(viewer, application) || may(asker, 'identity.application.manage', application);
}

/** Permissions that an application wants for itself and that whoever decides does not hold at the tenant. */
export function beyondDecider(
  asker: Asker,
  application: Place & Pick<Application, 'clientCredentials' | 'requestedScopes'>,
): string[] {
  // With a person behind it, a token never reaches further than the person.
  if (!application.clientCredentials) return [];
  const codes = application.requestedScopes.filter((scope) => asker.set.catalogue.bits.has(scope));
  return codes.filter((code) => !may(asker, code, application));
}

export function canDecide(asker: Asker, application: Place): boolean {
  return may(asker, 'identity.application.manage', application);
}
