// Every type, field, argument, enum value and input field is described, and the graph keeps its rules of shape.
import { parse } from 'graphql';
import { type Coordinate, coordinatesOf, typesOf } from './schema-coordinates.ts';
import { breachesOf } from './schema-rules.ts';
import { commonSdl, listSubgraphs } from './subgraph-list.ts';

const sources = [
  ...listSubgraphs().map(({ name, sdl }) => ({ name, document: parse(sdl) })),
  { name: 'common', document: parse(commonSdl) },
].map((source) => ({ ...source, coordinates: coordinatesOf(source.document) }));

// Composition merges descriptions, so a stub or an added field is described by the subgraph that owns it.
const described = new Set(
  sources.flatMap(({ coordinates }) => coordinates.filter((each) => each.described).map((each) => each.at)),
);

function undescribed(coordinates: Coordinate[]): string[] {
  return coordinates
    .filter(({ at }) => !described.has(at))
    .map(({ at, kind }) => `${at}: this ${kind} has no description`);
}

function foreignTypes(coordinates: Coordinate[]): Set<string> {
  const types = coordinates.filter(({ kind }) => kind === 'type');
  return new Set(types.filter((each) => !each.described && described.has(each.at)).map(({ at }) => at));
}

const problems = sources.flatMap(({ name, document, coordinates }) => {
  const foreign = foreignTypes(coordinates);
  const breaches = typesOf(document).flatMap((node) => breachesOf(node, { foreign }));
  return [...undescribed(coordinates), ...breaches].map((problem) => `${name}: ${problem}`);
});

if (problems.length > 0) {
  console.error(`${problems.join('\n')}\n${problems.length} problems in the schemas`);
  process.exitCode = 1;
}
