import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { openOrm, tenantEm } from '@polity/kernel/db/orm';
import { isUuid } from '@polity/kernel/ids';
import { openDatabases } from '@polity/kernel/process/platform';
import { orm } from '../orm.config.ts';
import { explain, explanationLines } from './domain/check/explain.ts';

type ScopeType = 'TENANT' | 'COMMUNITY' | 'TEAM';

/** What `npm run access -- explain <user id> <permission> <scope id>` asks. */
export interface ExplainArguments {
  userId: string;
  permission: string;
  scopeId: string;
}

export const USAGE = 'usage: npm run access -- explain <user id> <permission> <scope id>';

/** Throws StartError with the usage for anything else than three arguments after `explain`. */
export function readArguments([command, userId, permission, scopeId, ...more]: readonly string[]): ExplainArguments {
  if (command !== 'explain' || !userId || !permission || !scopeId || more.length > 0) throw new StartError(USAGE);
  for (const id of [userId, scopeId]) if (!isUuid(id)) throw new StartError(`${id} is not an id.`);
  return { userId, permission, scopeId };
}

export interface ExplainUrls {
  /** The owner's, which sees the scopes of all tenants: the command is told no tenant. */
  ownerUrl: string;
  appUrl: string;
}

async function scopeOf(ownerUrl: string, scopeId: string): Promise<{ tenantId: string; type: ScopeType }> {
  const owner = await openOrm(orm, ownerUrl);
  try {
    const sql = 'select tenant_id, type from scope where id = ?::uuid';
    const [found] = await owner.em.fork().execute<{ tenant_id: string; type: ScopeType }[]>(sql, [scopeId]);
    if (!found) throw new StartError(`No tenant has a scope ${scopeId}.`);
    return { tenantId: found.tenant_id, type: found.type };
  } finally {
    await owner.close(true);
  }
}

/** Lines that say how the question is decided now, by the database itself. Throws StartError for a scope that no tenant has. */
export async function explainLines(
  urls: ExplainUrls,
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

/** Runs the command on the installation that the environment names. Throws StartError. */
export async function runCommand(
  argv: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<string[]> {
  const asked = readArguments(argv);
  const databases = await openDatabases(readEnv(platformEnv, environment, 'access'), ['access'], () => undefined);
  try {
    const urls = databases.urls.access;
    if (!urls) throw new StartError('No database was prepared for access.');
    return await explainLines(urls, asked, new Date());
  } finally {
    await databases.stop();
  }
}
