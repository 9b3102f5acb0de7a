/** Versions an access set was compiled from; each part only grows. */
export interface Stamp {
  /** Bindings, overrides and flags of the subject in the tenant. */
  readonly subject: number;
  /** Roles of the tenant. */
  readonly roles: number;
  /** Scopes of the tenant. */
  readonly tree: number;
  /** Platform-wide flags of the subject. */
  readonly platform: number;
}

/** Names of the four stamps in the key-value store, in the order of `Stamp`. */
export interface StampKeys {
  readonly subject: string;
  readonly roles: string;
  readonly tree: string;
  readonly platform: string;
}

/** The stamp of a subject nothing was ever written about. */
export const zeroStamp: Stamp = Object.freeze({ subject: 0, roles: 0, tree: 0, platform: 0 });

const STAMP = /^(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})$/;
const RESERVED = new Set(['', 'roles', 'tree', 'platform']);

/** Text form `subject.roles.tree.platform`. */
export function formatStamp({ subject, roles, tree, platform }: Stamp): string {
  return `${subject}.${roles}.${tree}.${platform}`;
}

/** Inverse of `formatStamp`; throws an Error for any other text, so that a broken stamp is never taken for an old one. */
export function parseStamp(text: string): Stamp {
  const match = STAMP.exec(text);
  if (match === null) throw new Error('A stamp reads subject.roles.tree.platform.');
  const [subject, roles, tree, platform] = match.slice(1).map(Number) as [number, number, number, number];
  return { subject, roles, tree, platform };
}

/** The newer of each part. */
export function maxStamp(a: Stamp, b: Stamp): Stamp {
  return {
    subject: Math.max(a.subject, b.subject),
    roles: Math.max(a.roles, b.roles),
    tree: Math.max(a.tree, b.tree),
    platform: Math.max(a.platform, b.platform),
  };
}

/** Whether `a` saw everything that `b` saw: no part of it is older. */
export function covers(a: Stamp, b: Stamp): boolean {
  return a.subject >= b.subject && a.roles >= b.roles && a.tree >= b.tree && a.platform >= b.platform;
}

/** Keys of the stamps of a subject in a tenant; throws an Error for an id that could name another's key. */
export function stampKeys(tenantId: string, subjectId: string): StampKeys {
  for (const id of [tenantId, subjectId]) {
    if (RESERVED.has(id) || id.includes(':'))
      throw new Error('An id in a stamp key is empty, reserved or holds a colon.');
  }
  return {
    subject: `stamp:${tenantId}:${subjectId}`,
    roles: `stamp:${tenantId}:roles`,
    tree: `stamp:${tenantId}:tree`,
    platform: `stamp:platform:${subjectId}`,
  };
}
