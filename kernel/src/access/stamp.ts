import { AppError } from '../graph/errors.ts';
import { keyId } from '../ids.ts';

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

/** Keys of the stamps of a subject in a tenant; throws an Error for an id that is not in its canonical form. */
export function stampKeys(tenantId: string, subjectId: string): StampKeys {
  const [tenant, subject] = [keyId(tenantId), keyId(subjectId)];
  return {
    subject: `stamp:${tenant}:${subject}`,
    roles: `stamp:${tenant}:roles`,
    tree: `stamp:${tenant}:tree`,
    platform: `stamp:platform:${subject}`,
  };
}

/**
 * Thrown where a version is asked for that the database has not reached: it was never given out here, or comes from a time that a restored
 * backup does not know. To answer from what there is would be to answer from something older than the viewer's stamp names.
 */
export class VersionNotReached extends AppError {
  constructor() {
    super('VERSION_NOT_REACHED', 'Access has not reached this version; it may come from before a backup was restored.');
  }
}
