import type { EntityManager } from '@mikro-orm/postgresql';
import { Conflict, InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { changeAccess } from '../change/change.service.ts';
import { recordBlock, touch } from '../change/ledger.ts';

/** A set is compiled with all of them, and every list names them. */
const MAX_BLOCKED = 1_000;

interface BlockInput {
  blockerId: string;
  blockedId: string;
  blocked: boolean;
}

// What one person blocks follows one another, or two at once would both be the last that fits.
const ALONE = `select pg_advisory_xact_lock(hashtextextended(?::text || ?::text, 4))`;
const COUNT = 'select count(*)::int as n from person_block where tenant_id = ? and blocker_id = ?';
const INSERT = `insert into person_block (id, created_at, tenant_id, blocker_id, blocked_id)
  values (?, ?, ?, ?, ?) on conflict (tenant_id, blocker_id, blocked_id) do nothing returning 1`;
const DELETE = 'delete from person_block where tenant_id = ? and blocker_id = ? and blocked_id = ? returning 1';

async function insert(tx: EntityManager, ctx: Context, { blockerId, blockedId }: BlockInput): Promise<boolean> {
  const tenantId = tenantOf(ctx);
  const own = [uuidv7(), ctx.clock.now(), tenantId, blockerId, blockedId];
  if ((await tx.execute<unknown[]>(INSERT, own)).length === 0) return false;
  const [found] = await tx.execute<[{ n: number }]>(COUNT, [tenantId, blockerId]);
  if (found.n > MAX_BLOCKED) throw new Conflict(`You have blocked ${MAX_BLOCKED} people.`, { limit: MAX_BLOCKED });
  return true;
}

/**
 * Hides two people of the tenant from each other, or ends that. When it returns, every later read of either leaves the other out. Throws InvalidInput,
 * CONFLICT beyond what one person may block.
 */
export async function set(ctx: Context, input: BlockInput): Promise<boolean> {
  const { blockerId, blockedId, blocked } = input;
  if (!isUuid(blockerId) || !isUuid(blockedId)) throw new InvalidInput({ id: 'is not a UUID' });
  if (blockerId === blockedId) throw new InvalidInput({ id: 'is your own' });
  const tenantId = tenantOf(ctx);
  return changeAccess(ctx, async (tx, ledger) => {
    touch(ledger, 'subject', blockerId);
    touch(ledger, 'subject', blockedId);
    await tx.execute(ALONE, [tenantId, blockerId]);
    const changed = blocked
      ? await insert(tx, ctx, input)
      : (await tx.execute<unknown[]>(DELETE, [tenantId, blockerId, blockedId])).length > 0;
    if (changed) recordBlock(ledger, [blockerId, blockedId]);
    return changed;
  });
}
