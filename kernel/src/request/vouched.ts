import type { Viewer } from './context.ts';

// Stands among the methods of a session and so travels with every request of it, like `act:`.
const FOR = 'for:';

/** Proofs that are the person's own, or come from somebody whom the operator, or the account itself, rests on. */
const OWN_PROOFS: ReadonlySet<string> = new Set(['pwd', 'email', 'hwk', 'fed']);

type Methods = Pick<Viewer, 'amr'>;

/** The method of a session that began on the word of a provider which that tenant chose. */
export const vouchedMethod = (tenantId: string): `for:${string}` => `${FOR}${tenantId}`;

const isBinding = (method: string) => method.startsWith(FOR);

/** The only tenant in which the session is valid; null for one that is valid in all (decision 25). */
export function boundTenantOf({ amr }: Methods): string | null {
  return amr.find(isBinding)?.slice(FOR.length) ?? null;
}

/** Whether nothing but the word of a tenant's provider says who this is: enough for the tenant, and not for the account. */
export function isMerelyVouched(methods: Methods): boolean {
  return boundTenantOf(methods) !== null && !methods.amr.some((method) => OWN_PROOFS.has(method));
}

/** Methods of a session that was proved anew by `amr`: what binds it stays. */
export function stillBound({ amr: former }: Methods, amr: readonly string[]): string[] {
  return [...new Set([...amr, ...former.filter(isBinding)])];
}
