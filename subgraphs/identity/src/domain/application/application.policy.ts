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

export function canDecide(set: AccessSet, application: Place, nowMs: number): boolean {
  return may(set, 'identity.application.manage', application, nowMs);
}
