import type { EntityManager } from '@mikro-orm/postgresql';
import type { MasterFlag } from '@polity/kernel/access/set';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { cleanReason } from '../binding/validity.ts';
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
}

/** Sets or clears a flag on the whole platform; for system administrators only. Throws FORBIDDEN, LAST_ADMINISTRATOR, CONFLICT. */
export async function set(ctx: Context, input: FlagInput): Promise<{ id: string }> {
  const own = await ownAccess(ctx, ctx.em);
  if (!own.administers) throw new Forbidden();
  if (input.flag === 'SUSPENDED' && input.value && input.userId === ctx.viewer.id) throw notYourself();
  const reason = cleanReason(input.reason, true);
  await write(ctx, input, reason);
  ctx.log.warn({ flag: input.flag, value: input.value, subjectId: input.userId, reason }, 'a master flag was set');
  return { id: input.userId };
}

/** The same for another service, which has asked its own policy: suspension of an account, the first administrator. */
export async function setForService(ctx: Context, input: FlagInput): Promise<boolean> {
  await write(ctx, input, cleanReason(input.reason));
  return true;
}

async function write(ctx: Context, { userId, flag, value }: FlagInput, reason: string | null): Promise<void> {
  if (!isUuid(userId)) throw new InvalidInput({ userId: 'is not a UUID' });
  await changePlatform(ctx, async (tx, ledger) => {
    touch(ledger, 'platform', userId);
    if (value) await raise(tx, ledger, { subjectId: userId, flag, reason, grantedBy: actingId(ctx) }, ctx.clock.now());
    else await lower(tx, ledger, { subjectId: userId, flag, reason });
  });
}

interface FlagChange {
  subjectId: string;
  flag: MasterFlag;
  reason: string | null;
  grantedBy?: string | null;
}

async function raise(
  tx: EntityManager,
  ledger: Ledger,
  { subjectId, flag, reason, grantedBy }: FlagChange,
  now: Date,
): Promise<void> {
  const [added] = await tx.execute<unknown[]>(
    `insert into subject_flag (id, created_at, tenant_id, subject_id, flag, granted_by, reason)
     values (?::uuid, ?::timestamptz, null, ?::uuid, ?, ?::uuid, ?) on conflict (subject_id, tenant_id, flag) do nothing returning id`,
    [uuidv7(), now, subjectId, flag, grantedBy ?? null, reason],
  );
  if (added) record(ledger, 'platform', { kind: 'FLAG_SET', subjectId, reason, after: { flag } });
}

async function lower(tx: EntityManager, ledger: Ledger, { subjectId, flag, reason }: FlagChange): Promise<void> {
  if (flag === 'SYSTEM_ADMIN') {
    // One removal at a time, or two administrators could remove each other.
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('access administrators', 0))");
    const others = await tx.count(SubjectFlag, { flag, tenantId: null, subjectId: { $ne: subjectId } });
    if (others === 0) throw lastAdministrator();
  }
  const removed = await tx.nativeDelete(SubjectFlag, { subjectId, flag, tenantId: null });
  if (removed > 0) record(ledger, 'platform', { kind: 'FLAG_CLEARED', subjectId, reason, before: { flag } });
}
