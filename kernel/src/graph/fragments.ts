import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

/** Fragments of a document by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf({ definitions }: Pick<DocumentNode, 'definitions'>): Fragments {
  const named = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(named.map((node) => [node.name.value, node]));
}
