import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import type { Loaders } from './domain/loaders.ts';

/** What every resolver and verb here is handed. */
export type Context = BaseContext<Loaders>;

/** What an act needs that a person asks for and a job does as well. */
export type Acting = Pick<Context, 'em' | 'forget' | 'services' | 'clock' | 'cause' | 'tenantId' | 'log'>;

/** A job that acts in one tenant. */
export function actingAs({ em, services, clock, log }: Runtime, tenantId: string): Acting {
  const cause = { tenantId, actorId: null, requestId: null };
  return { em: em(tenantId), forget: () => undefined, services: services(tenantId), clock, cause, tenantId, log };
}
