import { hash } from 'node:crypto';
import { type DefinitionNode, type DocumentNode, Kind, print } from 'graphql';

const rank = ({ kind }: DefinitionNode) => (kind === Kind.OPERATION_DEFINITION ? 0 : 1);
const nameOf = (node: DefinitionNode) => ('name' in node ? (node.name?.value ?? '') : '');

function byKindAndName(a: DefinitionNode, b: DefinitionNode): number {
  const [first, second] = [nameOf(a), nameOf(b)];
  return rank(a) - rank(b) || (first < second ? -1 : Number(first > second));
}

/**
 * SHA-256 in hex of what a document says, whatever white space, comments and order of definitions it is written with: operations and then
 * fragments, each by name, printed. Builds of one client write the same document in more than one way.
 */
export function normalHash(document: DocumentNode): string {
  return hash('sha256', print({ ...document, definitions: [...document.definitions].sort(byKindAndName) }));
}
