import type { EntityManager } from '@mikro-orm/postgresql';
import type { MasterFlag } from '@polity/kernel/access/set';
import { readNeededReason, readReason } from '@polity/kernel/domain/input';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { checkInterval } from '../binding/validity.ts';
import { changePlatform } from '../change/change.service.ts';
import { type Ledger, record, touch } from '../change/ledger.ts';
import { ownAccess } from '../check/access-model.ts';
import { type FlagOrigin, SubjectFlag } from './flag.entity.ts';
import { beyondOwnTerm, lastAdministrator, notYourself } from './flag.errors.ts';
import { administersUntil, canManageFlags } from './flag.policy.ts';

export interface FlagInput {
  userId: string;
  flag: MasterFlag;
  value: boolean;
  reason: string;
  validUntil?: Date | null;
}

/**
 * Sets or clears a flag on the whole platform; for system administrators only. Throws FORBIDDEN, also for whoever administers for a time and
 * would make somebody administer for longer, LAST_ADMINISTRATOR, CONFLICT.
 */
export async function set(ctx: Context, input: FlagInput): Promise<{ id: string }> {
  const { userId, flag, value, validUntil = null } = input;
  if (flag === 'SUSPENDED' && value && userId === ctx.viewer.id) throw notYourself();
  checkInterval({ validUntil }, ctx.clock.nowMs());
  if (!value && validUntil) throw new InvalidInput({ validUntil: 'is for a flag that is set' });
  const reason = readNeededReason(input.reason);
  // Asked behind the lock: two administrators who suspend each other at once must not both succeed.
  await change(ctx, { ...input, origin: 'ADMINISTRATOR' }, reason, async (tx) => {
    const own = await ownAccess(ctx, tx);
    if (!canManageFlags(own)) throw new Forbidden();
    const raises = flag === 'SYSTEM_ADMIN' && value;
    if (raises && !administersUntil(own, validUntil?.getTime() ?? Infinity)) throw beyondOwnTerm();
  });
  ctx.log.warn({ flag, value, validUntil, subjectId: userId, reason }, 'a master flag was set');
  return { id: userId };
}

/** The same for another service, which has asked its own policy: suspension of an account, which only it ends, and the first administrator. */
export async function setForService(ctx: Context, input: FlagInput): Promise<boolean> {
  const origin = input.flag === 'SUSPENDED' ? 'ACCOUNT' : 'ADMINISTRATOR';
  await change(ctx, { ...input, origin }, readReason(input.reason));
  return true;
}

// Changes of flags follow each other, or two administrators could remove or suspend each other.
const ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('access master flags', 0))";

async function change(
  ctx: Context,
  input: FlagInput & { origin: FlagOrigin },
  reason: string | null,
  check?: (tx: EntityManager) => Promise<void>,
): Promise<void> {
  const { userId: subjectId, flag, origin, value, validUntil = null } = input;
  if (!isUuid(subjectId)) throw new InvalidInput({ userId: 'is not a UUID' });
  const row = { subjectId, flag, origin, reason, validUntil, grantedBy: ctx.cause.actorId };
  await changePlatform(ctx, async (tx, ledger) => {
    touch(ledger, 'platform', subjectId);
    await tx.execute(ONE_AT_A_TIME);
    await check?.(tx);
    await (value ? raise : lower)(tx, ledger, row, ctx.clock.now());
  });
}

interface FlagChange {
  subjectId: string;
  flag: MasterFlag;
  origin: FlagOrigin;
  reason: string | null;
  validUntil: Date | null;
  grantedBy: string | null;
}

const shown = ({ flag, origin, validUntil }: Pick<SubjectFlag, 'flag' | 'origin' | 'validUntil'>) => ({
  flag,
  origin,
  validUntil: validUntil ?? null,
});

const UPSERT = `insert into subject_flag (id, created_at, tenant_id, subject_id, flag, origin, valid_until, granted_by, reason)
  values (?::uuid, ?::timestamptz, null, ?::uuid, ?, ?, ?::timestamptz, ?::uuid, ?) on conflict (subject_id, tenant_id, flag, origin)
  do update set created_at = excluded.created_at, valid_until = excluded.valid_until, granted_by = excluded.granted_by, reason = excluded.reason`;

async function raise(tx: EntityManager, ledger: Ledger, change: FlagChange, now: Date): Promise<void> {
  const { subjectId, flag, origin, reason, validUntil, grantedBy } = change;
  const known = await flagOf(tx, change);
  if (known && (known.validUntil?.getTime() ?? null) === (validUntil?.getTime() ?? null)) return;
  if (flag === 'SUSPENDED' || validUntil) await assertAnotherAdministrator(tx, subjectId, now);
  await tx.execute(UPSERT, [uuidv7(), now, subjectId, flag, origin, validUntil, grantedBy, reason], 'run');
  const before = known && shown(known);
  record(ledger, 'platform', { kind: 'FLAG_SET', subjectId, reason, before, after: shown(change) });
}

async function lower(tx: EntityManager, ledger: Ledger, change: FlagChange, now: Date): Promise<void> {
  const { subjectId, flag, origin, reason } = change;
  const known = await flagOf(tx, change);
  if (!known) return;
  if (flag === 'SYSTEM_ADMIN') await assertAnotherAdministrator(tx, subjectId, now);
  await tx.nativeDelete(SubjectFlag, { subjectId, flag, origin, tenantId: null });
  record(ledger, 'platform', { kind: 'FLAG_CLEARED', subjectId, reason, before: shown(known) });
}

const flagOf = (tx: EntityManager, { subjectId, flag, origin }: Pick<FlagChange, 'subjectId' | 'flag' | 'origin'>) =>
  tx.findOne(SubjectFlag, { subjectId, flag, origin, tenantId: null });

// Who administers for a time only does not count, since nobody would be left when the time is over; nor who is suspended.
const OTHERS = `select 1 from subject_flag admin where flag = 'SYSTEM_ADMIN' and tenant_id is null and valid_until is null
  and subject_id <> ?::uuid and not exists (select 1 from subject_flag where subject_id = admin.subject_id and tenant_id is null
    and flag = 'SUSPENDED' and (valid_until is null or valid_until > ?::timestamptz)) limit 1`;

/** Throws LAST_ADMINISTRATOR where the subject administers for good and nobody else does. */
async function assertAnotherAdministrator(tx: EntityManager, subjectId: string, now: Date): Promise<void> {
  const own = await flagOf(tx, { subjectId, flag: 'SYSTEM_ADMIN', origin: 'ADMINISTRATOR' });
  if (!own || own.validUntil) return;
  if ((await tx.execute<unknown[]>(OTHERS, [subjectId, now])).length === 0) throw lastAdministrator();
}
