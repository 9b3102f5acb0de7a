import { documentIdOf } from '@polity/kernel/document/document-id';
import { writeWithFreshAccess } from '@polity/kernel/domain/write';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { assertMay } from '../application.ts';
import { enter, moveOn } from '../namespace/namespace.service.ts';
import { namespaceOf } from '../namespace/namespace-id.ts';

const MAX_IDS = 1_000;
const RETIRE = `update persisted_operation set retired_at = ?::timestamptz where tenant_id = ?::uuid and namespace_id = ?::uuid and retired_at is null
  and document_id in (select jsonb_array_elements_text(?::jsonb)) returning id`;

/** Retires operations; answers how many there were. Throws as `assertMay`, and VALIDATION_ERROR. */
export async function retire(ctx: Context, applicationId: string | null, ids: readonly string[]): Promise<number> {
  if (ids.length > MAX_IDS) throw new InvalidInput({ ids: `must be ${MAX_IDS} at most` });
  await assertMay(ctx, 'manage', applicationId);
  const documentIds = ids.flatMap((id) => documentIdOf(id) ?? []);
  const namespaceId = namespaceOf(applicationId);
  return writeWithFreshAccess(ctx, async (tx) => {
    await enter(tx, ctx, namespaceId);
    const values = [ctx.clock.now(), ctx.tenantId, namespaceId, JSON.stringify(documentIds)];
    const { length: operations } = await tx.execute<unknown[]>(RETIRE, values);
    if (operations === 0) return 0;
    await moveOn(tx, ctx, namespaceId);
    const data = { applicationId, operations };
    await recordEvent(tx, ctx, 'operations.manifest.retired', { subject: applicationId ?? ctx.tenantId, data });
    return operations;
  });
}
