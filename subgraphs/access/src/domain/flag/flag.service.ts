import type { EntityManager } from '@mikro-orm/postgresql';
import type { MasterFlag } from '@polity/kernel/access/set';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { checkInterval, cleanReason } from '../binding/validity.ts';
import { actingId, changePlatform } from '../change/change.service.ts';
import { type Ledger, record, touch } from '../change/ledger.ts';
import { ownAccess } from '../check/own-access.ts';
import { SubjectFlag } from './flag.entity.ts';
import { lastAdministrator, notYourself } from './flag.errors.ts';

export interface FlagInput {
  userId: string;
  flag: MasterFlag;
  value: boolean;
  reason: string;
  validUntil?: Date | null;
}

/** Sets or clears a flag on the whole platform; for system administrators only. Throws FORBIDDEN, LAST_ADMINISTRATOR, CONFLICT. */
export async function set(ctx: Context, input: FlagInput): Promise<{ id: string }> {
  const { userId, flag, value, validUntil = null } = input;
  const own = await ownAccess(ctx, ctx.em);
  if (!own.administers) throw new Forbidden();
  if (flag === 'SUSPENDED' && value && userId === ctx.viewer.id) throw notYourself();
  checkInterval({ validUntil }, ctx.clock.nowMs());
  if (!value && validUntil) throw new InvalidInput({ validUntil: 'is for a flag that is set' });
  const reason = cleanReason(input.reason, true);
  await write(ctx, input, reason);
  ctx.log.warn({ flag, value, validUntil, subjectId: userId, reason }, 'a master flag was set');
  return { id: userId };
}

/** The same for another service, which has asked its own policy: suspension of an account, the first administrator. */
export async function setForService(ctx: Context, input: FlagInput): Promise<boolean> {
  await write(ctx, input, cleanReason(input.reason));
  return true;
}

async function write(ctx: Context, input: FlagInput, reason: string | null): Promise<void> {
  const { userId: subjectId, flag, value, validUntil = null } = input;
  if (!isUuid(subjectId)) throw new InvalidInput({ userId: 'is not a UUID' });
  const change = { subjectId, flag, reason, validUntil, grantedBy: actingId(ctx) };
  await changePlatform(ctx, async (tx, ledger) => {
    touch(ledger, 'platform', subjectId);
    await (value ? raise(tx, ledger, change, ctx.clock.now()) : lower(tx, ledger, change));
  });
}

interface FlagChange {
  subjectId: string;
  flag: MasterFlag;
  reason: string | null;
  validUntil: Date | null;
  grantedBy: string | null;
}

const shown = ({ flag, validUntil }: Pick<SubjectFlag, 'flag' | 'validUntil'>) => ({
  flag,
  validUntil: validUntil ?? null,
});

const UPSERT = `insert into subject_flag (id, created_at, tenant_id, subject_id, flag, valid_until, granted_by, reason)
  values (?::uuid, ?::timestamptz, null, ?::uuid, ?, ?::timestamptz, ?::uuid, ?) on conflict (subject_id, tenant_id, flag)
  do update set valid_until = excluded.valid_until, granted_by = excluded.granted_by, reason = excluded.reason`;

async function raise(tx: EntityManager, ledger: Ledger, change: FlagChange, now: Date): Promise<void> {
  const { subjectId, flag, reason, validUntil, grantedBy } = change;
  await oneAtATime(tx, subjectId, flag);
  const known = await tx.findOne(SubjectFlag, { subjectId, flag, tenantId: null });
  if (known && (known.validUntil?.getTime() ?? null) === (validUntil?.getTime() ?? null)) return;
  if (known && validUntil && flag === 'SYSTEM_ADMIN') await keepAnAdministrator(tx, subjectId);
  await tx.execute(UPSERT, [uuidv7(), now, subjectId, flag, validUntil, grantedBy, reason], 'run');
  const before = known && shown(known);
  record(ledger, 'platform', { kind: 'FLAG_SET', subjectId, reason, before, after: shown(change) });
}

async function lower(tx: EntityManager, ledger: Ledger, { subjectId, flag, reason }: FlagChange): Promise<void> {
  await oneAtATime(tx, subjectId, flag);
  const known = await tx.findOne(SubjectFlag, { subjectId, flag, tenantId: null });
  if (flag === 'SYSTEM_ADMIN') await keepAnAdministrator(tx, subjectId);
  if (!known) return;
  await tx.nativeDelete(SubjectFlag, { subjectId, flag, tenantId: null });
  record(ledger, 'platform', { kind: 'FLAG_CLEARED', subjectId, reason, before: shown(known) });
}

/** Changes of one flag of one user follow each other; those of administrators all do, or two could remove each other. */
async function oneAtATime(tx: EntityManager, subjectId: string, flag: MasterFlag): Promise<void> {
  const lock = flag === 'SYSTEM_ADMIN' ? 'access administrators' : `access ${flag} ${subjectId}`;
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [lock]);
}

/** Who administers for a time only does not count: when the time is over, nobody would be left. */
async function keepAnAdministrator(tx: EntityManager, subjectId: string): Promise<void> {
  const others = { flag: 'SYSTEM_ADMIN' as const, tenantId: null, validUntil: null, subjectId: { $ne: subjectId } };
  if ((await tx.count(SubjectFlag, others)) === 0) throw lastAdministrator();
}
