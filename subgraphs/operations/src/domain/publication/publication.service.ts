import { readRow } from '@polity/kernel/db/rows';
import { writeWithFreshAccess } from '@polity/kernel/domain/write';
import { keepUpload } from '@polity/kernel/files/request-files';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Context } from '../../context.ts';
import { assertMay } from '../application.ts';
import { namespaceOf } from '../namespace/namespace-id.ts';
import { Publication, type PublicationRow } from './publication.entity.ts';

/** Name of the job that publishes what was uploaded. */
export const PUBLISH_UPLOADED = 'publish-uploaded';
/** Publications of one person that are remembered. */
const KEPT = 20;

const FORGET = `delete from publication where tenant_id = ? and user_id = ? and status in ('DONE', 'FAILED') and id not in
  (select id from publication where tenant_id = ? and user_id = ? order by id desc limit ${KEPT})`;

export interface PublishUploadedInput {
  applicationId?: string | null | undefined;
  upload: string;
  dryRun?: boolean | null | undefined;
}

/** Has a manifest that was uploaded published by a job. Throws as `assertMay`, InvalidUpload. */
export async function start(ctx: Context, input: PublishUploadedInput): Promise<Publication> {
  const [applicationId, dryRun] = [input.applicationId ?? null, input.dryRun ?? false];
  await assertMay(ctx, 'manage', applicationId);
  const userId = ctx.viewer.id as string;
  const { tenantId } = ctx;
  const file = await ctx.files.claim(input.upload, 'MANIFEST');
  return writeWithFreshAccess(ctx, async (tx) => {
    const [id, now] = [uuidv7(), ctx.clock.now()];
    await keepUpload(tx, file, now);
    await tx.execute(FORGET, [tenantId, userId, tenantId, userId]);
    const publication = tx.create(Publication, {
      ...{ id, tenantId, userId, namespaceId: namespaceOf(applicationId), dryRun },
      ...{ manifestFile: file.name, status: 'WAITING', done: 0 },
    });
    await enqueueJob(tx, { job: PUBLISH_UPLOADED, tenantId, key: id, at: now });
    return publication;
  });
}

/** One of the viewer's own publications; null for any other. */
export async function ofViewer(ctx: Context, id: string): Promise<PublicationRow | null> {
  if (!isUuid(id) || ctx.viewer.kind !== 'user') return null;
  return readRow(ctx.em, Publication, { where: [{ id, userId: ctx.viewer.id as string }] });
}
