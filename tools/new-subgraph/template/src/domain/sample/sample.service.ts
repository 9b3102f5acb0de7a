import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
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
import { canCreate, canEdit } from './sample.policy.ts';
import { seenSamples } from './sample.visibility.ts';

const told = ({ id, visibility }: Sample) => ({ subject: id, data: { sampleId: id, visibility } });

/** The sample for a verb that changes it. Throws NotFound for hidden and missing alike. */
const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Sample> =>
  getVisible(tx, Sample, { id, visible: seenSamples(authorizer), noun: 'This sample' });

export async function create(ctx: Context, input: z.input<typeof newSample>): Promise<Sample> {
  const { title, visibility = 'COMMUNITY' } = checked(newSample, input);
  const authorizer = await ctx.access.authorizer();
  if (!canCreate(authorizer)) throw new Forbidden();
  return write(ctx, async (tx) => {
    const { tenantId, viewer } = ctx;
    const sample = tx.create(Sample, { id: uuidv7(), tenantId, authorId: viewer.id as string, title, visibility });
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
