import type { ScopeRef, ScopeType } from '@polity/kernel/access/tree';
import { Forbidden, Unauthenticated } from '@polity/kernel/graph/errors';
import { rule, type ShieldRule } from '@polity/kernel/graph/shield';
import type { GatewayContext } from '../context.ts';

type Args = Record<string, unknown>;

/** Names the scope that the arguments of a field are about; null when they name none. */
export type ScopeOf = (args: Args, context: GatewayContext) => ScopeRef | null;

/** The tenant of the request. */
export const requestTenant: ScopeOf = (_args, { request }) => (request.tenantId ? { type: 'TENANT', id: request.tenantId } : null);

/** A scope given as `ScopeInput` in the argument `name`, or in the field `name` of the argument `input`. */
export const scopeIn =
  (name = 'scope'): ScopeOf =>
  (args) =>
    ((args[name] ?? (args.input as Args | undefined)?.[name]) as ScopeRef | undefined) ?? null;

/** A scope of one type whose id is the argument `name`, or the field `name` of the argument `input`. */
export const idIn =
  (type: ScopeType, name: string): ScopeOf =>
  (args) => {
    const id = args[name] ?? (args.input as Args | undefined)?.[name];
    return typeof id === 'string' ? { type, id } : null;
  };

/**
 * Passes when the viewer's access set allows `permission` at the scope that the arguments name. Missing and hidden scopes
 * are refused alike. `where` tells two rules of one permission apart.
 */
export function may(permission: string, where: string, scopeOf: ScopeOf): ShieldRule {
  return rule<GatewayContext>(`may ${permission} at ${where}`, async (context, args) => {
    if (context.viewer.kind === 'anonymous') return new Unauthenticated();
    const scope = scopeOf(args, context);
    if (!scope) return new Forbidden();
    const { allowed } = await context.access.decide(permission, scope);
    return allowed ? true : new Forbidden();
  });
}

/** Passes for the viewer about themselves, and for others with `permission` at the tenant. */
export function selfOr(permission: string, argument: string): ShieldRule {
  return rule<GatewayContext>(`self or ${permission}`, async (context, args) => {
    if (context.viewer.kind === 'anonymous') return new Unauthenticated();
    if (args[argument] === undefined || args[argument] === null || args[argument] === context.viewer.id) return true;
    const tenant = requestTenant(args, context);
    return tenant && (await context.access.decide(permission, tenant)).allowed ? true : new Forbidden();
  });
}

/** Passes for a live system administrator; a suspension goes before the flag. */
export const systemAdmin = rule<GatewayContext>('systemAdmin', async (context) => {
  if (context.viewer.kind === 'anonymous') return new Unauthenticated();
  const tenant = requestTenant({}, context);
  const decision = tenant && (await context.access.decide('access.flag.manage', tenant));
  return decision?.reason === 'SYSTEM_ADMIN' ? true : new Forbidden();
});
