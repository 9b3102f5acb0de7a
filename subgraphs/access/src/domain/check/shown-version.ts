import { createHash } from 'node:crypto';
import { parseStamp, type Stamp } from '@polity/kernel/access/stamp';
import { InvalidInput } from '@polity/kernel/graph/errors';

/** Of whom and where a version counts; nobody for anonymous viewers. */
export interface Counted {
  tenantId: string;
  subjectId: string | null;
}

const MARK_LENGTH = 8;
const markOf = ({ tenantId, subjectId }: Counted) =>
  createHash('sha256').update(`${tenantId}:${subjectId}`).digest('hex').slice(0, MARK_LENGTH);

/** A version as clients keep it: the stamp, and a mark of tenant and user, because the numbers of one say nothing about another. */
export const shownVersion = (counted: Counted, stamp: string): string => `${stamp}-${markOf(counted)}`;

/** The stamp of such a version; null where none is given. Throws InvalidInput for other texts, also for one of another tenant or user. */
export function readVersion(counted: Counted, version: string | null | undefined): Stamp | null {
  if (version === null || version === undefined) return null;
  const [stamp = '', mark] = version.split('-', 2);
  if (mark !== markOf(counted) || version !== shownVersion(counted, stamp)) throw notAVersion();
  try {
    return parseStamp(stamp);
  } catch {
    throw notAVersion();
  }
}

const notAVersion = () => new InvalidInput({ atLeast: 'is not a version of this user in this tenant' });
