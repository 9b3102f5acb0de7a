const PERMISSION = /^[^.]+(\.[^.]+){2}$/;

/**
 * Whether a wide scope of a token means this permission: `<subgraph>.read` and `graph.read` mean those whose code ends in `.read`,
 * `<subgraph>.write` and `graph.write` all others. A scope that is a permission code itself means nothing beside itself.
 */
export function isMeantBy(scope: string, permission: string): boolean {
  const [reach, kind, ...rest] = scope.split('.');
  if (rest.length > 0 || (kind !== 'read' && kind !== 'write') || !PERMISSION.test(permission)) return false;
  if (reach !== 'graph' && !permission.startsWith(`${reach}.`)) return false;
  return permission.endsWith('.read') === (kind === 'read');
}

/** Whether a token with these scopes may use the permission, where its viewer holds it. */
export function reachesPermission(scopes: readonly string[], permission: string): boolean {
  return scopes.some((scope) => scope === permission || isMeantBy(scope, permission));
}
