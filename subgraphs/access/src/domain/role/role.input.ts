import type { ScopeType } from '@polity/kernel/access/tree';
import { change, name, optionalText, told } from '@polity/kernel/domain/input';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import { isOwnerKey } from './role.entity.ts';

const KEY = /^[a-z][a-z0-9_-]*(\.[a-z][a-zA-Z0-9_-]*)+$/;
const KEY_MAX = 64;

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

const text = { name: name(80), description: optionalText(500) };

export const newRoleInput = z.object({ ...text, key: told(z.string(), keyProblem) });
export const roleChanges = z.object({ ...text, name: change(text.name) });

/** The codes once each, sorted. Throws InvalidInput for codes that are not in use. */
export function knownCodes(codes: readonly string[], known: ReadonlyMap<string, number>): string[] {
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length > 0) throw new InvalidInput({ permissions: `unknown: ${unknown.slice(0, 5).join(', ')}` });
  return [...new Set(codes)].sort();
}
