// Every type, field, argument, enum value and input field is described, and the graph keeps its rules of shape.
import { parse } from 'graphql';
import { declaredCodes, problemsOfGuards } from './guards.ts';
import { type Coordinate, coordinatesOf, stubsOf, type TypeNode, typesOf } from './schema-coordinates.ts';
import { breachesOf } from './schema-rules.ts';
import { commonSdl, listSubgraphs } from './subgraph-list.ts';

const folders = listSubgraphs();
const sources = [...folders, { name: 'common', sdl: commonSdl }].map(({ name, sdl }) => {
  const document = parse(sdl);
  return { name, document, coordinates: coordinatesOf(document) };
});

/** Coordinate -> description -> the subgraphs that give it. Composition keeps one description of each. */
const descriptions = new Map<string, Map<string, string[]>>();
for (const { name, coordinates } of sources) {
  for (const { at, description } of coordinates) {
    if (description === null) continue;
    const givers = descriptions.get(at) ?? new Map<string, string[]>();
    descriptions.set(at, givers.set(description, [...(givers.get(description) ?? []), name]));
  }
}

function undescribed(coordinates: Coordinate[]): string[] {
  return coordinates
    .filter(({ at }) => !descriptions.has(at))
    .map(({ at, kind }) => `${at}: this ${kind} has no description`);
}

function describes(node: TypeNode, name: string): boolean {
  return node.name.value === name && 'description' in node && node.description !== undefined;
}

/** Types whose owner is another subgraph: stubs, and those described elsewhere only. */
function foreignTypes(stubs: string[], coordinates: Coordinate[]): Set<string> {
  const bare = coordinates.filter(({ kind, description }) => kind === 'type' && description === null);
  return new Set([...stubs, ...bare.filter(({ at }) => descriptions.has(at)).map(({ at }) => at)]);
}

const breaches = sources.flatMap(({ name, document, coordinates }) => {
  const foreign = foreignTypes(stubsOf(document), coordinates);
  const ofShape = typesOf(document).flatMap((node) => breachesOf(node, { foreign }));
  return [...undescribed(coordinates), ...ofShape].map((problem) => `${name}: ${problem}`);
});

// Composition takes the description of a root type from whichever subgraph has one.
const bareRoots = ['Query', 'Mutation']
  .filter((root) => !sources.some(({ document }) => typesOf(document).some((node) => describes(node, root))))
  .map((root) => `${root}: no subgraph describes this type`);

const disputes = [...descriptions]
  .filter(([, givers]) => givers.size > 1)
  .map(
    ([at, givers]) =>
      `${[...givers.values()].flat().join(', ')}: ${at} is described differently; only its owner describes it`,
  );

const guarded = folders.map(({ name, sdl }) => ({ name, document: parse(`${sdl}\n${commonSdl}`) }));
const problems = [...breaches, ...bareRoots, ...disputes, ...problemsOfGuards(guarded, await declaredCodes(folders))];
if (problems.length > 0) {
  console.error(`${problems.join('\n')}\n${problems.length} problems in the schemas`);
  process.exitCode = 1;
}
