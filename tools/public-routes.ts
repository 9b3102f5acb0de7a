import { type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

interface Contract {
  name: string;
  document: DocumentNode;
}

/** Paths that a schema says its subgraph serves beside the graph. */
function servedBy({ document }: Contract): string[] {
  const directives = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
  );
  const serving = directives.filter(({ name }) => name.value === 'serves').flatMap((each) => each.arguments ?? []);
  return serving.flatMap(({ value }) => valueFromASTUntyped(value) as string[]);
}

const lieWithin = (path: string, other: string) => path === other || path.startsWith(`${other}/`);

/** Paths that are no paths, or that two subgraphs serve. */
export function problemsOfRoutes(contracts: readonly Contract[]): string[] {
  const served = contracts.flatMap((contract) => servedBy(contract).map((path) => ({ path, name: contract.name })));
  return served.flatMap(({ path, name }, index) => {
    if (!/^(\/[\w.-]+)+$/.test(path)) return [`${name}: @serves: ${path} is no path`];
    const other = served.slice(0, index).find((each) => lieWithin(path, each.path) || lieWithin(each.path, path));
    return other ? [`${name}: @serves: ${path} is served by ${other.name}`] : [];
  });
}

/** By subgraph the paths that it serves, where there are any. */
export const routesOf = (contracts: readonly Contract[]): Record<string, string[]> =>
  Object.fromEntries(
    contracts.map((contract) => [contract.name, servedBy(contract)] as const).filter(([, paths]) => paths.length > 0),
  );
