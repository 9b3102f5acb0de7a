import { allows } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import type { Viewer } from '@polity/kernel/request/context';
import type { Application } from './application.entity.ts';

type Place = Pick<Application, 'tenantId' | 'createdBy'>;

const registered = (viewer: Viewer, application: Place) =>
  viewer.kind === 'user' && viewer.id === application.createdBy;
const may = (set: AccessSet, code: string, { tenantId }: Place, nowMs: number) =>
  allows(set, code, { type: 'TENANT', id: tenantId }, nowMs);

/** Addresses, scopes and secrets' ends are for those who registered the application and for those who look after applications. */
export function seesDetails(viewer: Viewer, set: AccessSet, application: Place, nowMs: number): boolean {
  return registered(viewer, application) || may(set, 'identity.application.read', application, nowMs);
}

export function canChange(viewer: Viewer, set: AccessSet, application: Place, nowMs: number): boolean {
  return registered(viewer, application) || may(set, 'identity.application.manage', application, nowMs);
}

/** Permissions that an application wants for itself and that whoever decides does not hold at the tenant. */
export function beyondDecider(
  set: AccessSet,
  application: Place & Pick<Application, 'clientCredentials' | 'requestedScopes'>,
  nowMs: number,
): string[] {
  // With a person behind it, a token never reaches further than the person.
  if (!application.clientCredentials) return [];
  const codes = application.requestedScopes.filter((scope) => set.catalogue.bits.has(scope));
  return codes.filter((code) => !may(set, code, application, nowMs));
}

export function canDecide(set: AccessSet, application: Place, nowMs: number): boolean {
  return may(set, 'identity.application.manage', application, nowMs);
}
