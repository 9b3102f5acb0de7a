import { setImmediate as nextTurn } from 'node:timers/promises';
import { StartError } from '@polity/kernel/config/start-error';
import { readDocument } from '@polity/kernel/document/read';
import type { ServiceClient } from '@polity/kernel/service/client';
import type { GraphQLSchema } from 'graphql';
import type { Namespace } from '../persisted/namespaces.ts';

type Services = (tenantId: string | null) => ServiceClient;

/** An operation that somebody published and nobody retired. */
export interface Published {
  key: string;
  id: string;
  applicationId: string | null;
  body: string;
  sha256: string;
  name: string | null;
}

const TENANTS = 'query Tenants($after: ID) { _publishingTenants(after: $after) }';
const NAMESPACES = '{ _operationNamespaces }';
const PAGE = `query Published($applicationId: ID, $before: ID) {
  _publishedOperations(applicationId: $applicationId, before: $before)
}`;
const SHOWN = 50;

async function* tenants(services: Services): AsyncGenerator<string> {
  for (let after: string | null = null; ; ) {
    const { _publishingTenants: ids }: { _publishingTenants: string[] } = await services(null).call(
      'operations',
      TENANTS,
      {
        after,
      },
    );
    yield* ids;
    after = ids.at(-1) ?? null;
    if (after === null) return;
  }
}

/** Operations of one namespace, newest first. Throws SUBGRAPH_UNAVAILABLE. */
export async function* publishedIn(
  services: Services,
  tenantId: string,
  applicationId: string | null,
): AsyncGenerator<Published> {
  for (let before: string | null = null; ; ) {
    const { _publishedOperations: page }: { _publishedOperations: Published[] } = await services(tenantId).call(
      'operations',
      PAGE,
      { applicationId, before },
    );
    yield* page;
    before = page.at(-1)?.key ?? null;
    if (before === null) return;
  }
}

/** Everything that is published in the installation. Throws SUBGRAPH_UNAVAILABLE. */
async function* everything(services: Services): AsyncGenerator<Published & { tenantId: string }> {
  for await (const tenantId of tenants(services)) {
    const { _operationNamespaces: all } = await services(tenantId).call<{ _operationNamespaces: Namespace[] }>(
      'operations',
      NAMESPACES,
    );
    for (const { applicationId } of all)
      for await (const each of publishedIn(services, tenantId, applicationId)) yield { ...each, tenantId };
  }
}

/** What a schema breaks of everything that is published, one line for each operation; a text that several published is read once. */
async function brokenBy(schema: GraphQLSchema, services: Services): Promise<string[]> {
  const good = new Set<string>();
  const broken: string[] = [];
  for await (const { tenantId, applicationId, id, name, body, sha256 } of everything(services)) {
    if (good.has(sha256)) continue;
    const reading = readDocument(schema, body);
    if ('document' in reading) good.add(sha256);
    else {
      const whose = applicationId ? `application ${applicationId}` : 'all clients';
      broken.push(`${name ?? id} (of ${whose} in tenant ${tenantId}): ${reading.problems[0]?.message}`);
    }
    await nextTurn();
  }
  return broken;
}

/** Throws StartError where a schema breaks what is published, with a list of it, and where that cannot be found out. */
export async function mustKeepPublished(schema: GraphQLSchema, services: Services): Promise<void> {
  const broken = await brokenBy(schema, services).catch((error: unknown) => {
    throw new StartError(`What is published could not be read: ${(error as Error).message}`);
  });
  if (broken.length === 0) return;
  const more = broken.length > SHOWN ? [`and ${broken.length - SHOWN} more`] : [];
  const lines = [...broken.slice(0, SHOWN), ...more].map((line) => `\n  ${line}`).join('');
  throw new StartError(
    `The new graph breaks ${broken.length} published operations; retire them, or set ALLOW_BROKEN_OPERATIONS:${lines}`,
  );
}
