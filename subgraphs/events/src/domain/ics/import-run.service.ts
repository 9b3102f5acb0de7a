import { text } from 'node:stream/consumers';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { readRows } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import { keepUpload } from '@polity/kernel/files/request-files';
import { AppError } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { personRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import type { Ports } from '../../ports.ts';
import type { CalendarImport } from './import.report.ts';
import { placeToImport, takeCalendar } from './import.service.ts';
import { ImportRun, type ImportRunRow } from './import-run.entity.ts';
import { isCalendar } from './read.ts';

const IMPORT = 'import-calendar';
/** Imports of one person that are remembered. */
const KEPT = 20;

const FORGET = `delete from calendar_import where tenant_id = ? and user_id = ? and status in ('DONE', 'FAILED') and id not in
  (select id from calendar_import where tenant_id = ? and user_id = ? order by id desc limit ${KEPT})`;

/** Has a file that was uploaded taken by a job. Throws InvalidUpload, NotFound, Forbidden, Conflict in an archived community. */
export async function start(ctx: Context, scope: ScopeRef, token: string): Promise<ImportRun> {
  const { communityId, teamId, tenantId } = await placeToImport(ctx, scope);
  const userId = ctx.viewer.id as string;
  const file = await ctx.files.claim(token, 'CALENDAR');
  return write(ctx, async (tx) => {
    const id = uuidv7();
    await keepUpload(tx, file, ctx.clock.now());
    await tx.execute(FORGET, [tenantId, userId, tenantId, userId]);
    const run = tx.create(ImportRun, {
      ...{ id, tenantId, userId, communityId, teamId, calendarFile: file.name, status: 'WAITING', done: 0 },
    });
    await enqueueJob(tx, { job: IMPORT, tenantId, key: id, at: ctx.clock.now() });
    return run;
  });
}

/** One of the viewer's own imports; null for any other. */
export async function ofViewer(ctx: Context, id: string): Promise<ImportRunRow | null> {
  if (!isUuid(id) || ctx.viewer.kind !== 'user') return null;
  const [run] = await readRows(ctx.em, ImportRun, { where: [{ id, userId: ctx.viewer.id as string }] });
  return run ?? null;
}

const PROGRESS = `update calendar_import set status = 'RUNNING', done = ?, total = ? where tenant_id = ? and id = ?`;
const FINISH = `update calendar_import set status = ?, report = ?::jsonb, problem = ?, finished_at = ?, calendar_file = null
  where tenant_id = ? and id = ? and finished_at is null`;

async function taken(ctx: Context, run: ImportRun, signal: AbortSignal): Promise<CalendarImport> {
  const stream = run.calendarFile ? await ctx.files.open(run.calendarFile) : null;
  const content = stream ? (await text(stream)).replace(/^\uFEFF/, '') : '';
  if (!isCalendar(content)) throw new AppError('VALIDATION_ERROR', 'This is no calendar file.');
  return takeCalendar(ctx, run.scopeRef(), content, async (done, total) => {
    signal.throwIfAborted();
    await ctx.em.fork().execute(PROGRESS, [done, total, run.tenantId, run.id]);
  });
}

/** Takes an uploaded calendar as the person who sent it, with what they may do by then. Safe to repeat: what was taken is unchanged. */
export const importJob: JobDefinition<Ports, Context> = {
  name: IMPORT,
  async run({ key, tenantId, signal }, runtime, _ports, open) {
    if (!tenantId) throw new TypeError('an import is a job of a tenant');
    const run = await runtime.em(tenantId).findOne(ImportRun, { id: key });
    if (!run || run.finishedAt) return { result: 'nothing to import' };
    const ctx = open(personRequest(tenantId, run.userId));
    const finish = (status: string, report: CalendarImport | null, problem: string | null) =>
      runtime
        .em(tenantId)
        .execute(FINISH, [status, JSON.stringify(report), problem, runtime.clock.now(), tenantId, key]);
    try {
      const report = await taken(ctx, run, signal);
      await finish('DONE', report, null);
      const { created, updated, unchanged, refused } = report;
      return { created, updated, unchanged, refused: refused.length };
    } catch (error) {
      // What the person may not do, or sent, is told to them; all else is tried again.
      if (!(error instanceof AppError) || error.code === 'SUBGRAPH_UNAVAILABLE') throw error;
      await finish('FAILED', null, error.message);
      return { result: 'failed', code: error.code };
    }
  },
};
