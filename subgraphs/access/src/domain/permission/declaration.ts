import type { AccessDeclaration } from '@polity/kernel/access/catalogue';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import { isUsable } from '../role/role.queries.ts';
import { scopeTypes } from '../scope/scope.entity.ts';

const scopeType = z.enum(scopeTypes);
const CODE = /^[a-z][a-z0-9_-]*(\.[a-z][a-zA-Z0-9_-]*){2}$/;
const KEY = /^[a-z][a-z0-9_-]*(\.[a-z][a-zA-Z0-9_-]*)+$/;

const shape = z.object({
  permissions: z.array(
    z.object({
      code: z.string().regex(CODE, 'is not <subgraph>.<noun>.<verb>'),
      description: z.string().trim().min(1),
      scopeTypes: z.array(scopeType).min(1),
    }),
  ),
  roles: z.array(
    z.object({
      key: z.string().regex(KEY, 'is not <group>.<role>'),
      name: z.string().trim().min(1).optional(),
      description: z.string().optional(),
      scopeType,
      permissions: z.array(z.string()),
    }),
  ),
});

function problemsOf(subgraph: string, { permissions, roles }: AccessDeclaration): string[] {
  const codes = permissions.map(({ code }) => code);
  const known = new Map(permissions.map((permission) => [permission.code, permission]));
  const names = roles.map(({ key, scopeType }) => `${key} (${scopeType})`);
  const unknown = roles.flatMap((role) =>
    role.permissions
      .filter((code) => !known.has(code))
      .map((code) => `${role.key} names the unknown permission ${code}`),
  );
  const unusable = roles.flatMap(({ key, scopeType, permissions: given }) =>
    given
      .filter((code) => !isUsable(known.get(code)?.scopeTypes ?? scopeTypes, scopeType))
      .map((code) => `${key} (${scopeType}) can never use ${code}`),
  );
  return [
    ...codes.filter((code) => !code.startsWith(`${subgraph}.`)).map((code) => `${code} is not of ${subgraph}`),
    ...codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `${code} is declared twice`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is declared twice`),
    ...unknown,
    ...unusable,
  ];
}

/**
 * Checks what a subgraph declares; its templates name its own permissions only, and several subgraphs may add theirs to one key.
 * Throws InvalidInput that lists every problem.
 */
export function readDeclaration(subgraph: string, declaration: unknown): AccessDeclaration {
  const parsed = shape.safeParse(declaration);
  const problems = parsed.success
    ? problemsOf(subgraph, parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  if (!parsed.success || problems.length > 0) throw new InvalidInput({ declaration: problems.join('; ') });
  return parsed.data;
}
