import { boundsOf, type UploadKind } from '@polity/kernel/files/kinds';
import { signUpload } from '@polity/kernel/files/token';
import { NotFound, RateLimited, Unauthenticated } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { RequestInfo } from '@polity/kernel/request/context';
import type { UploadPorts } from './ports.ts';

const HOUR_MS = 3_600_000;
/** How long after it was asked for an upload may begin. */
const BEGINS_WITHIN_MS = 900_000;

const MIB = 1024 * 1024;

/** What one person, and all of one tenant, may ask for and send in an hour. */
const HOURLY = {
  uploads: { person: 120, tenant: 5_000 },
  bytes: { person: 500 * MIB, tenant: 20_000 * MIB },
} as const;

/** Counts against what a person and their tenant may have in this hour. Throws RateLimited. */
export async function countHourly(
  { kv, clock }: UploadPorts,
  what: keyof typeof HOURLY,
  { userId, tenantId }: { userId: string; tenantId: string },
  by: number,
): Promise<void> {
  const hour = Math.floor(clock.nowMs() / HOUR_MS);
  const counters = [
    [`person:${userId}`, HOURLY[what].person],
    [`tenant:${tenantId}`, HOURLY[what].tenant],
  ] as const;
  for (const [who, most] of counters) {
    const sum = await kv.increment(`uploads:${what}:${who}:${hour}`, by, { ttlSeconds: (2 * HOUR_MS) / 1_000 });
    if (sum <= most) continue;
    metrics().rateLimited.inc({ bucket: 'uploads' });
    throw new RateLimited(((hour + 1) * HOUR_MS - clock.nowMs()) / 1_000, 'Too many uploads in this hour.');
  }
}

/** Lets the viewer send one file of a kind, for a verb in the tenant of the request to take. Throws RATE_LIMITED, NOT_FOUND without a tenant. */
export async function requestUpload(ports: UploadPorts, { viewer, tenantId }: RequestInfo, kind: UploadKind) {
  if (viewer.kind !== 'user' || !viewer.id) throw new Unauthenticated();
  if (!tenantId) throw new NotFound('The tenant');
  await countHourly(ports, 'uploads', { userId: viewer.id, tenantId }, 1);
  const { maxBytes, types } = boundsOf(kind);
  const expiresAt = ports.clock.nowMs() + BEGINS_WITHIN_MS;
  const token = signUpload(ports.keys.uploads, { id: uuidv7(), tenantId, userId: viewer.id, kind, expiresAt });
  return {
    url: `${ports.publicUrl}/uploads/${token}`,
    token,
    maxBytes,
    mediaTypes: types.map(({ mediaType }) => mediaType),
    expiresAt: new Date(expiresAt),
  };
}
