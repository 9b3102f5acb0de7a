import { randomBytes } from 'node:crypto';
import { readRows } from '@polity/kernel/db/rows';
import { sql } from '@polity/kernel/db/sql';
import { write } from '@polity/kernel/domain/write';
import { NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { record } from '../audit/audit.service.ts';
import { hashOf } from '../token/token.service.ts';
import { ownsAccount, viewerIdOf } from '../viewer-rights.ts';
import { TrustedDevice, type TrustedDeviceRow } from './trusted-device.entity.ts';

const TRUST_MS = 30 * 24 * 3600 * 1000;

/** Trusts the device that asks, for thirty days, and returns the secret by which it is known. */
export async function trustDevice(ctx: Context, userId: string): Promise<string> {
  const secret = `polity_td_${randomBytes(32).toString('base64url')}`;
  const now = ctx.clock.now();
  await write(ctx, async (tx) => {
    const expiresAt = new Date(now.getTime() + TRUST_MS);
    const { device, address } = ctx.request;
    tx.create(TrustedDevice, {
      id: uuidv7(),
      createdAt: now,
      userId,
      tokenHash: hashOf(secret),
      device,
      address,
      lastUsedAt: now,
      expiresAt,
    });
    record(tx, ctx, { type: 'authn_device_trusted', userId });
  });
  return secret;
}

/** Whether this secret is that of a device which the person trusts. */
export async function isTrusted(ctx: Context, userId: string, secret: string | null | undefined): Promise<boolean> {
  if (!secret) return false;
  const now = ctx.clock.now();
  const used = await write(ctx, (tx) =>
    tx.nativeUpdate(TrustedDevice, { userId, tokenHash: hashOf(secret), expiresAt: { $gt: now } }, { lastUsedAt: now }),
  );
  return used === 1;
}

/** Devices that the person trusts, newest first; null for everybody else. */
export async function devicesOf(ctx: Context, userId: string): Promise<TrustedDeviceRow[] | null> {
  if (!ownsAccount(ctx.viewer, userId)) return null;
  const where = [{ userId }, sql('t.expires_at > ?', ctx.clock.now())];
  return readRows(ctx.em, TrustedDevice, { where, order: [{ column: 't.id', direction: 'desc' }] });
}

/** Stops trusting one of the viewer's devices and returns the trust as it was. Throws NotFound for others' and missing ones alike. */
export async function revokeDevice(ctx: Context, id: string): Promise<TrustedDevice> {
  const userId = viewerIdOf(ctx);
  return write(ctx, async (tx) => {
    const device = isUuid(id) ? await tx.findOne(TrustedDevice, { id, userId }) : null;
    // Of several at once, the one that deletes the row has ended the trust.
    if (!device || (await tx.nativeDelete(TrustedDevice, { id, userId })) === 0) throw new NotFound('Device');
    record(tx, ctx, { type: 'authn_device_untrusted', userId });
    return device;
  });
}
