import { AppError } from '@polity/kernel/graph/errors';
import type { Logger } from '@polity/kernel/log/logger';
import type { ServiceClient } from '@polity/kernel/service/client';

/** What each scope lets an application do, in the words of the consent page. */
export type ScopeCatalogue = ReadonlyMap<string, string>;

/** Scopes of OpenID Connect itself; they open no part of the graph. */
const IDENTITY_SCOPES: [string, string][] = [
  ['openid', 'Know who you are'],
  ['profile', 'See your names'],
  ['email', 'See your address'],
  ['offline_access', 'Keep access while you are away'],
];
const GRAPH_SCOPES: [string, string][] = [
  ['graph.read', 'Read everything that you can read'],
  ['graph.write', 'Change everything that you can change'],
];

const IDENTITY_NAMES = new Set(IDENTITY_SCOPES.map(([name]) => name));

/** Whether the scope opens a part of the graph, and not only claims about the person. */
export const isGraphScope = (scope: string): boolean => !IDENTITY_NAMES.has(scope);

interface CatalogueAnswer {
  _catalogue: { entries: { code: string; description?: string }[] };
}

/**
 * Scopes of this installation: those of OpenID Connect, `graph.read` and `graph.write`, `<subgraph>.read` and `<subgraph>.write`, and every
 * permission code. A scope never gives a right; it only limits what an application may use of the rights of its viewer.
 */
export function scopeCatalogue(permissions: readonly { code: string; description?: string }[]): ScopeCatalogue {
  const subgraphs = [...new Set(permissions.map(({ code }) => code.split('.')[0] ?? ''))].sort();
  const wide = subgraphs.flatMap((name): [string, string][] => [
    [`${name}.read`, `Read what you can read in "${name}"`],
    [`${name}.write`, `Change what you can change in "${name}"`],
  ]);
  const codes = permissions.map(({ code, description }): [string, string] => [code, description ?? code]);
  return new Map([...IDENTITY_SCOPES, ...GRAPH_SCOPES, ...wide, ...codes]);
}

/** Reads the permissions of all subgraphs from access; null when it does not answer, so that the caller keeps what it has. */
export async function loadScopes(services: ServiceClient, log: Logger): Promise<ScopeCatalogue | null> {
  try {
    const { _catalogue: catalogue } = await services.call<CatalogueAnswer>('access', 'query Catalogue { _catalogue }');
    return scopeCatalogue(catalogue.entries);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error }, 'scopes of other subgraphs are not known yet');
    return null;
  }
}
