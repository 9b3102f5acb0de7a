import { NotFound } from '@polity/kernel/graph/errors';
import type { RequestInfo } from '@polity/kernel/request/context';

/** Tenant of the request; throws NotFound where none could be found. */
export function tenantOf({ request }: { request: RequestInfo }): string {
  if (!request.tenantId) throw new NotFound('Tenant');
  return request.tenantId;
}
