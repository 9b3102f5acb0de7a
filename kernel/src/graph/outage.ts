import { isDatabaseOutage } from '../db/outage.ts';
import { FilesUnavailable } from '../files/store.ts';
import { StoreUnavailable } from '../kv/store.ts';
import { AppError } from './errors.ts';

const isRemoteBug = (cause: unknown) =>
  (cause as { extensions?: { code?: unknown } } | undefined)?.extensions?.code === 'INTERNAL_ERROR';

/** Whether something that the act needs did not answer or was too busy, so that the same may succeed later: another service, a store or the database. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AppError)
    return error.code === 'OVERLOADED' || (error.code === 'SUBGRAPH_UNAVAILABLE' && !isRemoteBug(error.cause));
  return error instanceof StoreUnavailable || error instanceof FilesUnavailable || isDatabaseOutage(error);
}
