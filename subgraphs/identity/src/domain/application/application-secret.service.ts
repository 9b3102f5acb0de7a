import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { hashOf } from '../token/token.service.ts';
import { type Application, ApplicationSecret } from './application.entity.ts';

const HOUR_MS = 3600 * 1000;
/** How long a secret is good for. */
const LIFE_MS = 365 * 24 * HOUR_MS;

/** When a secret ends that is made now. */
export const secretEnd = ({ clock }: Pick<Context, 'clock'>): Date => new Date(clock.nowMs() + LIFE_MS);
/** Longest time, in hours, for which the former secret may stay good beside a new one. */
export const MAX_OVERLAP_HOURS = 168;

/** Makes a secret of 256 random bits in this transaction and returns it; it is stored nowhere. */
export function issueSecret(
  tx: EntityManager,
  { clock }: Pick<Context, 'clock'>,
  { tenantId, id }: Application,
): string {
  const secret = `polity_cs_${randomBytes(32).toString('base64url')}`;
  tx.create(ApplicationSecret, {
    id: uuidv7(),
    createdAt: clock.now(),
    tenantId,
    applicationId: id,
    hash: hashOf(secret),
    hint: secret.slice(-4),
    expiresAt: secretEnd({ clock }),
  });
  return secret;
}

/** Leaves the newest secret good for `overlapHours` more at most, and ends all before it. */
export async function retireSecrets(
  tx: EntityManager,
  { clock }: Pick<Context, 'clock'>,
  { tenantId, id }: Application,
  overlapHours: number,
): Promise<void> {
  const [newest, ...older] = await tx.find(
    ApplicationSecret,
    { tenantId, applicationId: id },
    { orderBy: { id: 'desc' } },
  );
  for (const secret of older) tx.remove(secret);
  if (!newest) return;
  const end = clock.nowMs() + overlapHours * HOUR_MS;
  if (newest.expiresAt.getTime() > end) newest.expiresAt = new Date(end);
}
