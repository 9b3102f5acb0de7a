import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(import.meta.resolve('../../schema/routes.json'));

/** Paths that subgraphs serve beside the graph, by subgraph, as composition found them in `@serves`; each covers what lies below it. */
export const publicRoutes: Readonly<Record<string, readonly string[]>> = JSON.parse(readFileSync(FILE, 'utf8'));

const paths = Object.values(publicRoutes).flat();

/** Whether a route, such as `/calendar/:file`, is one that a subgraph serves. */
export const isServed = (route: string): boolean =>
  paths.some((path) => route === path || route.startsWith(`${path}/`));
