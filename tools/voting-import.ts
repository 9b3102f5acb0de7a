import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { accessReader, remoteAccessSource } from '@polity/kernel/access/reader';
import { systemClock } from '@polity/kernel/clock';
import { platformEnv, publicUrlOf, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { localBus } from '@polity/kernel/events/local-bus';
import { openFiles } from '@polity/kernel/files/open';
import { inProcessTransport } from '@polity/kernel/graph/in-process';
import {
  type Platform,
  type StartedSubgraph,
  serviceClients,
  startSubgraph,
} from '@polity/kernel/graph/start-subgraph';
import { memoryStore } from '@polity/kernel/kv/memory';
import { createLogger } from '@polity/kernel/log/logger';
import { openOutbound } from '@polity/kernel/process/open-outbound';
import { openDatabases } from '@polity/kernel/process/platform';
import { personRequest } from '@polity/kernel/request/acting';
import { registry } from '../subgraphs/registry.ts';
import { actingAs, type Context } from '../subgraphs/voting/src/context.ts';
import { type ImportFile, ImportProblem } from '../subgraphs/voting/src/domain/import/import.format.ts';
import { readImport } from '../subgraphs/voting/src/domain/import/import.read.ts';
import { type ImportReport, reportLines } from '../subgraphs/voting/src/domain/import/import.report.ts';
import { importPolls } from '../subgraphs/voting/src/domain/import/import.service.ts';

/** The subgraphs whose rows an import reads or writes; access comes first. */
const NEEDED = ['access', 'identity', 'voting'];
const MAX_FILE_BYTES = 256 * 1024 * 1024;
const TENANT = 'query Tenant($slug: String!) { _tenant(slug: $slug) { id } }';

async function fileAt(path: string | undefined): Promise<ImportFile> {
  if (path === undefined) throw new StartError('Name a file: import FILE [--tenant SLUG] [--dry-run] [--json].');
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size > MAX_FILE_BYTES)
    throw new StartError(`There is no file ${path} that can be read.`);
  try {
    return readImport(basename(path), await readFile(path, 'utf8'));
  } catch (error) {
    throw error instanceof ImportProblem ? new StartError(error.message) : error;
  }
}

/** Opens the needed subgraphs of the installation in this process, beside whichever others run; nothing of them listens, publishes or runs jobs. */
async function withInstallation<Result>(
  environment: Record<string, string | undefined>,
  work: (running: ReadonlyMap<string, StartedSubgraph>, defaultTenant: string) => Promise<Result>,
): Promise<Result> {
  const env = readEnv(platformEnv, environment, 'voting');
  const databases = await openDatabases(env, NEEDED, { beside: true });
  const running = new Map<string, StartedSubgraph>();
  const transport = inProcessTransport(running);
  const [kv, files] = [memoryStore(), openFiles(env)];
  const platform: Platform = {
    ...{ kv, stamps: kv, files, bus: localBus(), transport, outbound: openOutbound(env), env: environment },
    log: createLogger({ service: 'voting', level: 'silent' }),
    ...{ masterSecret: databases.key, publicUrl: publicUrlOf(env), production: env.NODE_ENV === 'production' },
    access: accessReader({
      stamps: kv,
      source: remoteAccessSource(serviceClients(transport, 'voting')),
      clock: systemClock,
    }),
    connections: 3,
  };
  try {
    for (const { name, load } of registry.filter((each) => NEEDED.includes(each.name)))
      running.set(name, await startSubgraph(await load(), platform, databases.urls[name] ?? null));
    return await work(running, env.DEFAULT_TENANT);
  } finally {
    for (const started of running.values()) await started.close();
    await files.close();
    await databases.stop();
  }
}

async function importInto(voting: StartedSubgraph, slug: string, file: ImportFile, dryRun: boolean) {
  const { runtime, open } = voting;
  const found = await runtime.services(null).call<{ _tenant: { id: string } | null }>('identity', TENANT, { slug });
  if (!found._tenant) throw new StartError(`There is no tenant "${slug}".`);
  const tenantId = found._tenant.id;
  const contextOf = (userId: string) => open(personRequest(tenantId, userId)) as Context;
  return importPolls({ acting: actingAs(runtime, tenantId), contextOf, dryRun }, file);
}

const asText = (report: ImportReport, json: boolean) =>
  json ? `${JSON.stringify(report, null, 2)}\n` : `${reportLines(report).join('\n')}\n`;

/** `import FILE [--tenant SLUG] [--dry-run] [--json]`: what is to be printed. Throws StartError. */
export async function importCommand(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<string> {
  const options = {
    tenant: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const file = await fileAt(positionals[0]);
  return withInstallation(environment, async (running, defaultTenant) => {
    const voting = running.get('voting') as StartedSubgraph;
    return asText(await importInto(voting, values.tenant ?? defaultTenant, file, values['dry-run']), values.json);
  });
}
