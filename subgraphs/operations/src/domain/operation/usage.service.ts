import { write } from '@polity/kernel/domain/write';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';

const MAX_USES = 1_000;
const NOTE = `update persisted_operation o set uses = least(o.uses::bigint + u.uses, 2147483647)::int,
    last_used_at = greatest(o.last_used_at, u."lastUsedAt")
  from jsonb_to_recordset(?::jsonb) as u(key uuid, uses int, "lastUsedAt" timestamptz)
  where o.tenant_id = ?::uuid and o.id = u.key returning o.id`;

interface Use {
  key: string;
  uses: number;
  lastUsedAt: string;
}

const isUse = (value: unknown): value is Use => {
  const { key, uses, lastUsedAt } = (value ?? {}) as Partial<Record<keyof Use, unknown>>;
  return isUuid(key) && Number.isInteger(uses) && typeof lastUsedAt === 'string';
};

/** Adds what a gateway counted; answers how many operations that were. */
export async function noteUses(ctx: Context, uses: unknown): Promise<number> {
  if (!Array.isArray(uses) || uses.length > MAX_USES || !uses.every(isUse))
    throw new InvalidInput({ uses: `must be a list of ${MAX_USES} uses at most` });
  // In one order, so that two gateways do not wait for each other.
  const sorted = uses.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return write(ctx, async (tx) => (await tx.execute<unknown[]>(NOTE, [JSON.stringify(sorted), ctx.tenantId])).length);
}
