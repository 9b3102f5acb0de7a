import type { GatewayContext } from './context.ts';
import { payerOf, type RateLimit, TooManyOperations } from './rate-limit.ts';

/** What operations are paid from; null where nobody is limited. */
export interface Purses {
  rateLimit: RateLimit | null;
  /** Of all operations of a tenant together. */
  tenantLimit: RateLimit | null;
}

const tenantOf = ({ request }: GatewayContext) => `tenant:${request.tenantId}`;

/** Takes points from whoever asks. Throws TooManyOperations. */
export function pay(context: GatewayContext, { rateLimit, tenantLimit }: Purses, points: number): void {
  if (context.client) context.standings = context.client.pay(points);
  if (!rateLimit || !tenantLimit) return;
  context.standing = rateLimit.take(payerOf(context.request), points);
  if (context.standing.retryAfter !== null) throw new TooManyOperations(context.standing);
  const ofAll = tenantLimit.take(tenantOf(context), points);
  if (ofAll.retryAfter !== null) throw new TooManyOperations({ ...ofAll, policy: 'tenant' });
}

/** Takes points whether they are there or not: whoever has too few goes on, and is refused next time. */
export function owe(context: GatewayContext, { rateLimit, tenantLimit }: Purses, points: number): void {
  rateLimit?.charge(payerOf(context.request), points);
  tenantLimit?.charge(tenantOf(context), points);
}
