import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { openOrm, tenantEm } from '@polity/kernel/db/orm';
import { canonicalId, isUuid } from '@polity/kernel/ids';
import { openDatabases } from '@polity/kernel/process/platform';
import { orm } from '../orm.config.ts';
import { DecisionRecord } from './domain/check/decision.entity.ts';
import { explain, explanationLines, replayedLines } from './domain/check/explain.ts';
import { replay } from './domain/check/replay.ts';

type ScopeType = 'TENANT' | 'COMMUNITY' | 'TEAM';

/** `npm run access -- explain <user id> <permission> <scope id>`. */
export interface ExplainArguments {
  userId: string;
  permission: string;
  scopeId: string;
}

/** `npm run access -- replay <number of a logged decision>`. */
export interface ReplayArguments {
  decision: string;
}

export const USAGE = `usage: npm run access -- explain <user id> <permission> <scope id>
       npm run access -- replay <number of a logged decision>`;

/** Throws StartError with the usage for anything else. */
export function readArguments([command, ...given]: readonly string[]): ExplainArguments | ReplayArguments {
  const [first = '', permission = '', scopeId = ''] = given.map(canonicalId);
  if (command === 'replay' && given.length === 1 && /^\d{1,15}$/.test(first)) return { decision: first };
  if (command !== 'explain' || given.length !== 3) throw new StartError(USAGE);
  for (const id of [first, scopeId]) if (!isUuid(id)) throw new StartError(`${id} is not an id.`);
  return { userId: first, permission, scopeId };
}

export interface DatabaseUrls {
  /** The owner's, which sees the scopes of all tenants: the command is told no tenant. */
  ownerUrl: string;
  appUrl: string;
}

async function asOwner<Row extends object>(ownerUrl: string, sql: string, id: string): Promise<Row | undefined> {
  const owner = await openOrm(orm, ownerUrl);
  try {
    const [found] = await owner.em.fork().execute<Row[]>(sql, [id]);
    return found;
  } finally {
    await owner.close(true);
  }
}

async function scopeOf(ownerUrl: string, scopeId: string): Promise<{ tenantId: string; type: ScopeType }> {
  const sql = 'select tenant_id, type from scope where id = ?::uuid';
  const found = await asOwner<{ tenant_id: string; type: ScopeType }>(ownerUrl, sql, scopeId);
  if (!found) throw new StartError(`No tenant has a scope ${scopeId}.`);
  return { tenantId: found.tenant_id, type: found.type };
}

/** Lines that say how the question is decided now, by the database itself. Throws StartError for a scope that no tenant has. */
export async function explainLines(
  urls: DatabaseUrls,
  { userId, permission, scopeId }: ExplainArguments,
  now: Date,
): Promise<string[]> {
  const { tenantId, type } = await scopeOf(urls.ownerUrl, scopeId);
  const app = await openOrm(orm, urls.appUrl);
  try {
    const asked = { tenantId, subjectId: userId, permission, scope: { type, id: scopeId }, now };
    return explanationLines(await explain(tenantEm(app, tenantId, null), asked));
  } finally {
    await app.close(true);
  }
}

/** Lines that compare a logged decision with the one its versions give. Throws StartError for a number that no decision has. */
export async function replayLines(urls: DatabaseUrls, { decision }: ReplayArguments): Promise<string[]> {
  const sql = 'select tenant_id from decision_log where seq = ?::bigint';
  const found = await asOwner<{ tenant_id: string }>(urls.ownerUrl, sql, decision);
  if (!found) throw new StartError(`There is no logged decision ${decision}.`);
  const app = await openOrm(orm, urls.appUrl);
  try {
    const em = tenantEm(app, found.tenant_id, null);
    const logged = await em.findOneOrFail(DecisionRecord, { seq: Number(decision) });
    return replayedLines(logged, await replay({ em, platform: tenantEm(app, null, null) }, logged));
  } finally {
    await app.close(true);
  }
}

/** Runs the command on the installation that the environment names. Throws StartError. */
export async function runCommand(
  argv: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<string[]> {
  const asked = readArguments(argv);
  const databases = await openDatabases(readEnv(platformEnv, environment, 'access'), ['access'], { beside: true });
  try {
    const urls = databases.urls.access;
    if (!urls) throw new StartError('No database was prepared for access.');
    return 'decision' in asked ? await replayLines(urls, asked) : await explainLines(urls, asked, new Date());
  } finally {
    await databases.stop();
  }
}
