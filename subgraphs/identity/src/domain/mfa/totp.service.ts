import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { Conflict } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { isMerelyVouched } from '@polity/kernel/request/vouched';
import { renderSVG } from 'uqr';
import type { Context } from '../../context.ts';
import { notify } from '../../mails/notify.ts';
import type { SecretBox } from '../../secrets.ts';
import { record } from '../audit/audit.service.ts';
import { InvalidCode } from '../credential/credential.errors.ts';
import { OwnProofNeeded } from '../session/session.errors.ts';
import { assertFresh, endSessions, stepUp } from '../session/session.service.ts';
import { accountName, completeSignIn, countFailure } from '../session/sign-in.service.ts';
import { User } from '../user/user.entity.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import { RecoveryCode, TotpFactor } from './factors.entity.ts';
import { factorsOf } from './mfa.queries.ts';
import { type Challenged, challenged, useChallenge } from './mfa-challenge.service.ts';
import { newCodes, replaceCodes } from './recovery-codes.service.ts';
import { acceptedTimeStep, newTotpSecret, placeOf, totpUri } from './totp.ts';
import { TrustedDevice } from './trusted-device.entity.ts';

export interface TotpEnrolment {
  secret: string;
  uri: string;
  qrSvg: string;
}

/** Who enrols: the viewer in a fresh session, or somebody whose tenant wants a second factor before it lets them in. */
async function enrolling(ctx: Context, challenge: string | null | undefined): Promise<Challenged> {
  if (challenge) {
    const found = await challenged(ctx, challenge);
    // Or the tenant's provider could put a lock of its own on somebody's account.
    if (isMerelyVouched(found)) throw new OwnProofNeeded();
    const { totp, passkeys } = await factorsOf(ctx, found.user.id);
    // With a factor in place the challenge asks for that one, not for a new one.
    if (totp || passkeys > 0) throw new Conflict('This account has a second factor. Use it.');
    return found;
  }
  const userId = viewerIdOf(ctx);
  assertFresh(ctx);
  return { user: await ctx.em.fork().findOneOrFail(User, userId), amr: [] };
}

const UPSERT = `insert into totp_factor (id, created_at, user_id, sealed_secret) values (?, ?, ?, ?)
  on conflict (user_id) do update set id = excluded.id, created_at = excluded.created_at, sealed_secret = excluded.sealed_secret, last_time_step = null
  where totp_factor.confirmed_at is null returning id`;

/** Begins to enrol an authenticator app; it counts once `confirm` got a right code. Throws Conflict where one counts already. */
export async function begin(ctx: Context, challenge?: string | null): Promise<TotpEnrolment> {
  const { user } = await enrolling(ctx, challenge);
  const secret = newTotpSecret();
  const id = uuidv7();
  const sealed = ctx.secrets.seal(secret, placeOf(id));
  const rows = await write(ctx, (tx) => tx.execute<{ id: string }[]>(UPSERT, [id, ctx.clock.now(), user.id, sealed]));
  if (rows.length === 0) throw new Conflict('An authenticator app is enrolled already. Disable it first.');
  const uri = totpUri(secret, user.email ?? user.username);
  return { secret, uri, qrSvg: renderSVG(uri) };
}

const CONFIRM = `update totp_factor set confirmed_at = ?, last_time_step = ? where id = ? and confirmed_at is null returning id`;

/** Ends enrolment with the first right code, and returns ten recovery codes that are never shown again. Throws InvalidCode. */
export async function confirm(ctx: Context, code: string, challenge?: string | null): Promise<{ codes: string[] }> {
  const { user, amr } = await enrolling(ctx, challenge);
  await ctx.throttle.take({ account: accountName(user), address: ctx.request.address });
  const factor = await ctx.em.fork().findOne(TotpFactor, { userId: user.id, confirmedAt: null });
  if (!factor) throw new Conflict('Begin the enrolment first.');
  const step = await acceptedTimeStep(
    ctx.secrets.open(factor.sealedSecret, placeOf(factor.id)),
    code,
    ctx.clock.nowMs(),
    null,
  );
  if (step === null) {
    await countFailure(ctx, user, 'otp');
    throw new InvalidCode();
  }
  if (challenge) await useChallenge(ctx, challenge);
  const fresh = await newCodes(ctx);
  await write(ctx, async (tx) => {
    const rows = await tx.execute<{ id: string }[]>(CONFIRM, [ctx.clock.now(), step, factor.id]);
    if (rows.length === 0) throw new Conflict('An authenticator app is enrolled already.');
    await replaceCodes(tx, ctx, user.id, fresh);
    record(tx, ctx, { type: 'authn_mfa_enrolled', userId: user.id, data: { method: 'otp' } });
  });
  if (challenge) await completeSignIn(ctx, user, [...amr, 'otp', 'mfa']);
  else {
    await ctx.throttle.giveBack({ account: accountName(user), address: ctx.request.address });
    stepUp(ctx, user, [...new Set([...ctx.viewer.amr, 'otp', 'mfa'])]);
  }
  await notify(ctx, user.email, (say) => say.appAdded());
  return { codes: fresh.codes };
}

/** Whether the code is right for the account's app, and was not used: the step moves forward in one statement. */
export async function proveTotp(ctx: Context, userId: string, code: string): Promise<boolean> {
  const factor = await ctx.em.fork().findOne(TotpFactor, { userId, confirmedAt: { $ne: null } });
  if (!factor) return false;
  const secret = ctx.secrets.open(factor.sealedSecret, placeOf(factor.id));
  const step = await acceptedTimeStep(secret, code, ctx.clock.nowMs(), factor.lastTimeStep ?? null);
  if (step === null) return false;
  const moved = await write(ctx, (tx) =>
    tx.nativeUpdate(
      TotpFactor,
      { id: factor.id, $or: [{ lastTimeStep: null }, { lastTimeStep: { $lt: step } }] },
      { lastTimeStep: step },
    ),
  );
  return moved === 1;
}

/** Takes the authenticator app, its recovery codes and the trusted devices away; other sessions end. */
export async function disable(ctx: Context): Promise<boolean> {
  const userId = viewerIdOf(ctx);
  const { totp, passkeys, required } = await factorsOf(ctx, userId);
  if (!totp) throw new Conflict('No authenticator app is enrolled.');
  if (required && passkeys === 0) throw new Conflict('This tenant wants a second factor. Add a passkey first.');
  const user = await write(ctx, async (tx) => {
    await tx.nativeDelete(TotpFactor, { userId });
    await tx.nativeDelete(RecoveryCode, { userId });
    await tx.nativeDelete(TrustedDevice, { userId });
    record(tx, ctx, { type: 'authn_mfa_removed', userId, data: { method: 'otp' } });
    return tx.findOneOrFail(User, userId);
  });
  endSessions(ctx, userId, 'endOthers');
  await notify(ctx, user.email, (say) => say.appRemoved());
  return true;
}

/** A new set of recovery codes; the old ones stop working. Throws Conflict without a second factor. */
export async function regenerateCodes(ctx: Context): Promise<{ codes: string[] }> {
  const userId = viewerIdOf(ctx);
  const { totp, passkeys } = await factorsOf(ctx, userId);
  if (!totp && passkeys === 0) throw new Conflict('Recovery codes need a second factor.');
  const fresh = await newCodes(ctx);
  const user = await write(ctx, async (tx) => {
    await replaceCodes(tx, ctx, userId, fresh);
    record(tx, ctx, { type: 'authn_recovery_codes_created', userId });
    return tx.findOneOrFail(User, userId);
  });
  await notify(ctx, user.email, (say) => say.newRecoveryCodes());
  return { codes: fresh.codes };
}

const BATCH = 200;

/** Seals with the newest key what an older one sealed, a batch at a time, and returns how many rows it wrote. */
export async function rotateSecrets(em: EntityManager, secrets: SecretBox): Promise<number> {
  let written = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await em.fork().find(TotpFactor, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit: BATCH });
    for (const { id, sealedSecret } of rows.filter((row) => !secrets.isCurrent(row.sealedSecret))) {
      const renewed = secrets.seal(secrets.open(sealedSecret, placeOf(id)), placeOf(id));
      // A row that was replaced meanwhile keeps what it has.
      written += await em.fork().nativeUpdate(TotpFactor, { id, sealedSecret }, { sealedSecret: renewed });
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return written;
    after = last.id;
  }
}
