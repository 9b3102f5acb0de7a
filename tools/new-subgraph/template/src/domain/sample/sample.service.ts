import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { getPlace, mustLive } from '@polity/kernel/access/place';
import { visibilityAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Sample } from './sample.entity.ts';
import { newSample, sampleChanges } from './sample.input.ts';
import { canCreate, canEdit, codes } from './sample.policy.ts';
import { seenSamples } from './sample.visibility.ts';

export type NewSample = z.input<typeof newSample> & { scope: ScopeRef };

function told(sample: Sample) {
  const { communityId, teamId } = sample.place();
  return { subject: sample.id, data: { sampleId: sample.id, communityId, teamId, visibility: sample.visibility } };
}

/** The sample for a verb that changes it. Throws NotFound for hidden and missing alike. */
const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Sample> =>
  getVisible(tx, Sample, { id, visible: seenSamples(authorizer), noun: 'This sample' });

export async function create(ctx: Context, { scope, ...input }: NewSample): Promise<Sample> {
  const { title, ...chosen } = checked(newSample, input);
  const visibility = visibilityAt(scope.type, chosen.visibility);
  const authorizer = await ctx.access.authorizer();
  const where = await getPlace(ctx.access, scope, codes);
  if (!canCreate(authorizer, where)) throw new Forbidden();
  mustLive(where);
  return write(ctx, async (tx) => {
    const { tenantId, viewer } = ctx;
    const { communityId, teamId } = where;
    const own = { id: uuidv7(), tenantId, authorId: viewer.id as string, communityId, teamId };
    const sample = tx.create(Sample, { ...own, title, visibility });
    await recordEvent(tx, ctx, 'specimens.sample.created', told(sample));
    return sample;
  });
}

export async function update(ctx: Context, id: string, input: z.input<typeof sampleChanges>): Promise<Sample> {
  const changes = checked(sampleChanges, input);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const sample = await get(tx, authorizer, id);
    if (!canEdit(authorizer, sample)) throw new Forbidden();
    visibilityAt(sample.place().scope.type, changes.visibility);
    sample.edit(changes, ctx.clock.now());
    await recordEvent(tx, ctx, 'specimens.sample.updated', told(sample));
    return sample;
  });
}

/** Deletes a sample and answers it as it was. */
export async function remove(ctx: Context, id: string): Promise<Sample> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const sample = await get(tx, authorizer, id);
    if (!canEdit(authorizer, sample)) throw new Forbidden();
    // Whoever deletes the row tells about it, so that two at once are one deletion.
    if ((await tx.nativeDelete(Sample, { id })) === 0) throw new NotFound('This sample');
    await recordEvent(tx, ctx, 'specimens.sample.deleted', told(sample));
    return sample;
  });
}
