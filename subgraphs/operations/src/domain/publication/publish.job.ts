import { text } from 'node:stream/consumers';
import { AppError, InvalidInput } from '@polity/kernel/graph/errors';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context, Ports } from '../../context.ts';
import { applicationOf } from '../namespace/namespace-id.ts';
import { readManifest, UPLOADED } from '../operation/manifest.ts';
import { checkAll } from '../operation/operation.check.ts';
import type { Published } from '../operation/operation.entity.ts';
import { type Breach, ManifestRefused } from '../operation/operation.errors.ts';
import { publishChecked } from '../operation/publish.service.ts';
import { Publication } from './publication.entity.ts';
import { PUBLISH_UPLOADED } from './publication.service.ts';

/** Operations after which it is written down how far the job is. */
const TOLD_EACH = 500;

const PROGRESS = `update publication set status = 'RUNNING', done = ?, total = ? where tenant_id = ? and id = ?`;
const FINISH = `update publication set status = ?, result = ?::jsonb, problem = ?, refused = ?::jsonb, finished_at = ?, manifest_file = null
  where tenant_id = ? and id = ? and finished_at is null`;

/** What a publication came to. */
interface Outcome {
  status: 'DONE' | 'FAILED';
  result: Published | null;
  problem: string | null;
  refused: readonly Breach[] | null;
}

async function manifestOf(ctx: Context, { manifestFile }: Publication): Promise<unknown> {
  const stream = manifestFile ? await ctx.files.open(manifestFile) : null;
  try {
    return JSON.parse(stream ? (await text(stream)).replace(/^\uFEFF/, '') : '');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidInput({ upload: 'must be JSON' });
  }
}

async function publish(ctx: Context, publication: Publication, signal: AbortSignal): Promise<Published> {
  const { id, tenantId, namespaceId, dryRun } = publication;
  const entries = readManifest(await manifestOf(ctx, publication), UPLOADED);
  const checked = await checkAll(ctx.check, entries, async (done) => {
    signal.throwIfAborted();
    if (done % TOLD_EACH === 0) await ctx.em.fork().execute(PROGRESS, [done, entries.length, tenantId, id]);
  });
  signal.throwIfAborted();
  await ctx.em.fork().execute(PROGRESS, [entries.length, entries.length, tenantId, id]);
  return publishChecked(ctx, applicationOf(namespaceId), checked, dryRun);
}

/** What the person may not do, or sent, is told to them; all else is tried again. */
function failure(error: unknown): Outcome {
  if (!(error instanceof AppError) || error.code === 'SUBGRAPH_UNAVAILABLE') throw error;
  const { fields } = error.details as { fields?: Record<string, string> };
  const more = fields && !(error instanceof ManifestRefused) ? Object.values(fields).map((each) => ` It ${each}.`) : [];
  const refused = error instanceof ManifestRefused ? error.shown : null;
  return { status: 'FAILED', result: null, problem: [error.message, ...more].join(''), refused };
}

async function finish(runtime: Runtime, { tenantId, id }: Publication, outcome: Outcome): Promise<void> {
  const { status, result, problem, refused } = outcome;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const values = [status, json(result), problem, json(refused), runtime.clock.now()];
  await runtime.em(tenantId).execute(FINISH, [...values, tenantId, id]);
}

/** Publishes an uploaded manifest as the person who sent it, with what they may do by then. Safe to repeat: what is published is unchanged. */
export const publishJob: JobDefinition<Ports, Context> = {
  name: PUBLISH_UPLOADED,
  async run({ key, tenantId, signal }, runtime, _ports, open) {
    if (!tenantId) throw new TypeError('a publication is a job of a tenant');
    const publication = await runtime.em(tenantId).findOne(Publication, { id: key });
    if (!publication || publication.finishedAt) return { result: 'nothing to publish' };
    const ctx = open(personRequest(tenantId, publication.userId));
    const outcome = await publish(ctx, publication, signal).then(
      (result): Outcome => ({ status: 'DONE', result, problem: null, refused: null }),
      failure,
    );
    await finish(runtime, publication, outcome);
    return { status: outcome.status, ...outcome.result };
  },
};
