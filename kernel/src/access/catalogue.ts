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
  /** Absent where another subgraph names the role and this one only adds to it. */
  name?: string;
  description?: string;
  scopeType: ScopeType;
  permissions: readonly string[];
}

/** The one file of a subgraph that says what may be granted. */
export interface AccessDeclaration {
  permissions: readonly PermissionDeclaration[];
  roles: readonly RoleTemplate[];
}

export const everyScopeType: readonly ScopeType[] = ['TENANT', 'COMMUNITY', 'TEAM'];

/** Permissions that can be asked for at these kinds of scope: descriptions by code. */
export const permissionsAt = (
  scopeTypes: readonly ScopeType[],
  descriptions: Readonly<Record<string, string>>,
): PermissionDeclaration[] =>
  Object.entries(descriptions).map(([code, description]) => ({ code, description, scopeTypes }));

/** What is added to roles that others name: codes by the role's key. */
export const addedTo = (scopeType: ScopeType, roles: Readonly<Record<string, readonly string[]>>): RoleTemplate[] =>
  Object.entries(roles).map(([key, permissions]) => ({ key, scopeType, permissions }));

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
