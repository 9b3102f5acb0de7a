import type { ScopeType } from './tree.ts';

/** One permission a subgraph knows: who declares it, what it means, and at which kinds of scope it can be asked. */
export interface PermissionDeclaration {
  code: string;
  description: string;
  scopeTypes: readonly ScopeType[];
}

/** A role every tenant is given; several subgraphs may add their own permissions to one `key`. */
export interface RoleTemplate {
  key: string;
  name: string;
  description: string;
  scopeType: ScopeType;
  permissions: readonly string[];
}

/** The one file of a subgraph that says what may be granted. */
export interface AccessDeclaration {
  permissions: readonly PermissionDeclaration[];
  roles: readonly RoleTemplate[];
}

/** A permission with the bit it was given once and keeps for ever, also after it is retired. */
export interface CatalogueEntry {
  code: string;
  bit: number;
  description: string;
}

/** Immutable numbering of permission codes; `words` is the length of a mask in 32-bit words. */
export interface PermissionCatalogue {
  readonly version: number;
  readonly words: number;
  readonly bits: ReadonlyMap<string, number>;
  /** Codes by bit; undefined where a bit was retired or never given. */
  readonly codes: readonly (string | undefined)[];
  readonly descriptions: ReadonlyMap<string, string>;
}

const CODE = /^[a-z][a-z0-9_-]*(\.[a-z][a-zA-Z0-9_-]*){2}$/;
const ROLE_KEY = /^[a-z][a-z0-9_-]*(\.[a-z][a-zA-Z0-9_-]*)+$/;
const DEPTH: Record<ScopeType, number> = { TENANT: 0, COMMUNITY: 1, TEAM: 2 };
const MAX_BIT = 8191;

/** Numbers the permission codes; throws an Error for a code or bit that comes twice or is malformed. */
export function createCatalogue(entries: readonly CatalogueEntry[], version: number): PermissionCatalogue {
  const bits = new Map<string, number>();
  const descriptions = new Map<string, string>();
  const codes: (string | undefined)[] = [];
  for (const { code, bit, description } of entries) {
    if (!CODE.test(code)) throw new Error(`Permission code ${code} is not <subgraph>.<noun>.<verb>.`);
    if (!Number.isInteger(bit) || bit < 0 || bit > MAX_BIT)
      throw new Error(`Permission ${code} has no usable bit: ${bit}.`);
    if (bits.has(code)) throw new Error(`Permission ${code} comes twice.`);
    if (codes[bit] !== undefined) throw new Error(`Permissions ${codes[bit]} and ${code} share bit ${bit}.`);
    while (codes.length <= bit) codes.push(undefined);
    codes[bit] = code;
    bits.set(code, bit);
    descriptions.set(code, description);
  }
  return Object.freeze({ version, words: Math.max(1, Math.ceil(codes.length / 32)), bits, codes, descriptions });
}

/** Mask of these codes as base64 of little-endian 32-bit words; throws an Error for a code the catalogue lacks. */
export function encodeMask(catalogue: PermissionCatalogue, codes: Iterable<string>): string {
  const bytes = Buffer.alloc(catalogue.words * 4);
  for (const code of codes) {
    const bit = catalogue.bits.get(code);
    if (bit === undefined) throw new Error(`Permission ${code} is not in the catalogue.`);
    bytes.writeUInt8(bytes.readUInt8(bit >>> 3) | (1 << (bit & 7)), bit >>> 3);
  }
  return bytes.toString('base64');
}

/** Inverse of `encodeMask`; bits newer than this catalogue are dropped, which can only take permissions away. */
export function decodeMask(catalogue: PermissionCatalogue, mask: string): Uint32Array {
  const bytes = Buffer.from(mask, 'base64');
  const words = new Uint32Array(catalogue.words);
  for (let word = 0; word < words.length && word * 4 + 4 <= bytes.length; word++)
    words[word] = bytes.readUInt32LE(word * 4);
  return words;
}

/** Codes of a mask in the order of their bits, without retired ones. */
export function codesOf(catalogue: PermissionCatalogue, mask: Uint32Array): string[] {
  const found: string[] = [];
  for (let word = 0; word < mask.length; word++) {
    for (let rest = mask[word] as number; rest !== 0; rest &= rest - 1) {
      const code = catalogue.codes[word * 32 + 31 - Math.clz32(rest & -rest)];
      if (code !== undefined) found.push(code);
    }
  }
  return found;
}

function checkPermission(name: string, permission: PermissionDeclaration, known: Map<string, PermissionDeclaration>) {
  const { code, description, scopeTypes } = permission;
  if (!CODE.test(code) || !code.startsWith(`${name}.`)) {
    throw new Error(`${name}: permission code ${code} is not ${name}.<noun>.<verb>.`);
  }
  if (known.has(code)) throw new Error(`${name}: permission ${code} is declared twice.`);
  if (description.trim() === '') throw new Error(`${name}: permission ${code} has no description.`);
  if (scopeTypes.length === 0) throw new Error(`${name}: permission ${code} names no scope type.`);
  known.set(code, permission);
}

function checkRole(name: string, role: RoleTemplate, known: ReadonlyMap<string, PermissionDeclaration>) {
  if (!ROLE_KEY.test(role.key)) throw new Error(`${name}: role key ${role.key} is not <group>.<role>.`);
  if (role.name.trim() === '') throw new Error(`${name}: role ${role.key} has no name.`);
  for (const code of role.permissions) {
    const permission = known.get(code);
    if (permission === undefined) throw new Error(`${name}: role ${role.key} names the unknown permission ${code}.`);
    // A binding reaches its scope and what lies below it, never above.
    if (!permission.scopeTypes.some((type) => DEPTH[type] >= DEPTH[role.scopeType])) {
      throw new Error(`${name}: role ${role.key} at ${role.scopeType} can never use ${code}.`);
    }
  }
}

/** Checks what one subgraph declares; throws an Error naming the first problem. Roles may name its own permissions only. */
export function validateDeclaration(name: string, declaration: AccessDeclaration): void {
  const known = new Map<string, PermissionDeclaration>();
  for (const permission of declaration.permissions) checkPermission(name, permission, known);
  const keys = new Set<string>();
  for (const role of declaration.roles) {
    if (keys.has(role.key)) throw new Error(`${name}: role ${role.key} is declared twice.`);
    keys.add(role.key);
    checkRole(name, role, known);
  }
}

/**
 * Validates and joins the declarations of all subgraphs. One role key may come from several: their permissions add up, and name and
 * description are those of the subgraph the key begins with, else of the first. Throws an Error where the scope types differ.
 */
export function mergeDeclarations(declarations: Readonly<Record<string, AccessDeclaration>>): AccessDeclaration {
  const roles = new Map<string, RoleTemplate>();
  const permissions: PermissionDeclaration[] = [];
  for (const [name, declaration] of Object.entries(declarations)) {
    validateDeclaration(name, declaration);
    permissions.push(...declaration.permissions);
    for (const role of declaration.roles) {
      const other = roles.get(role.key) ?? role;
      if (other.scopeType !== role.scopeType) {
        throw new Error(`${name}: role ${role.key} is for ${role.scopeType} here and ${other.scopeType} elsewhere.`);
      }
      const titled = role.key.startsWith(`${name}.`) ? role : other;
      roles.set(role.key, { ...titled, permissions: [...new Set([...other.permissions, ...role.permissions])] });
    }
  }
  return { permissions, roles: [...roles.values()] };
}
