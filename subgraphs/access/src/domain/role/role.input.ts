import type { ScopeType } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { isOwnerKey } from './role.entity.ts';

const KEY = /^[a-z][a-z0-9_-]*(\.[a-z][a-zA-Z0-9_-]*)+$/;
const [KEY_MAX, NAME_MAX, TEXT_MAX] = [64, 80, 500];

export interface NewRoleInput {
  key: string;
  name: string;
  description?: string | null;
  scopeType: ScopeType;
  permissions: readonly string[];
  template?: string | null;
}

export interface RoleChanges {
  name?: string | null;
  description?: string | null;
  permissions?: readonly string[] | null;
  version?: number | null;
  caughtUp?: boolean | null;
}

function keyProblem(key: string): string | null {
  if (key.length > KEY_MAX || !KEY.test(key)) return 'is not of the form group.role';
  return isOwnerKey(key) ? 'ends in .owner, which templates are reserved' : null;
}

function textProblems({
  name,
  description,
}: {
  name?: string | null;
  description?: string | null;
}): Record<string, string> {
  const problems: Record<string, string> = {};
  if (typeof name === 'string' && (name.trim() === '' || name.trim().length > NAME_MAX))
    problems.name = `must have 1 to ${NAME_MAX} characters`;
  if (description && description.trim().length > TEXT_MAX)
    problems.description = `is longer than ${TEXT_MAX} characters`;
  return problems;
}

/** Throws InvalidInput that names every wrong field. */
export function checkNewRole(input: NewRoleInput): void {
  const key = keyProblem(input.key);
  const problems = { ...textProblems(input), ...(key && { key }) };
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

/** Throws InvalidInput that names every wrong field. */
export function checkRoleChanges(changes: RoleChanges): void {
  const problems = textProblems(changes);
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

/** The codes once each, sorted. Throws InvalidInput for codes that are not in use. */
export function knownCodes(codes: readonly string[], known: ReadonlyMap<string, number>): string[] {
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length > 0) throw new InvalidInput({ permissions: `unknown: ${unknown.slice(0, 5).join(', ')}` });
  return [...new Set(codes)].sort();
}
