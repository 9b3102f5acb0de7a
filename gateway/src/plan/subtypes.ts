import { type DocumentNode, Kind } from 'graphql';

/** The names of the types that an object of this type may have, itself included. */
export type Subtypes = (typeName: string) => ReadonlySet<string>;

/** Subtypes as the whole supergraph has them: the API schema lacks those that are not public. */
export function subtypesOf(supergraph: DocumentNode): Subtypes {
  const known = new Map<string, Set<string>>();
  const of = (name: string) => {
    const names = known.get(name) ?? new Set([name]);
    known.set(name, names);
    return names;
  };
  for (const node of supergraph.definitions) {
    if (node.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of node.types ?? []) of(node.name.value).add(member.name.value);
    } else if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const face of node.interfaces ?? []) of(face.name.value).add(node.name.value);
    }
  }
  return of;
}
