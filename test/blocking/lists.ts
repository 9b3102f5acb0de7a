import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLOutputType, getNamedType, isListType, isNonNullType, isObjectType } from 'graphql';

const isList = (type: GraphQLOutputType): boolean =>
  isListType(type) || (isNonNullType(type) && isList(type.ofType as GraphQLOutputType));

/** The type of what a field lists; null for a field that is no list. */
function listed(type: GraphQLOutputType): string | null {
  const named = getNamedType(type);
  if (!isObjectType(named)) return null;
  const { edges } = named.getFields();
  if (!edges) return isList(type) && !named.name.endsWith('Edge') ? named.name : null;
  const edge = getNamedType(edges.type);
  return isObjectType(edge) ? getNamedType(edge.getFields().node?.type as GraphQLOutputType).name : null;
}

/** Every list of the public graph that holds people, or things that name a person, as `Type.field`. */
export function listsOfPeople(): string[] {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'), {
    assumeValid: true,
  });
  const namesSomebody = (name: string): boolean => {
    const type = schema.getType(name);
    return (
      name === 'User' ||
      (isObjectType(type) && Object.values(type.getFields()).some((field) => getNamedType(field.type).name === 'User'))
    );
  };
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !['Mutation', 'Subscription'].includes(type.name))
    .flatMap((type) =>
      Object.values(isObjectType(type) ? type.getFields() : {}).flatMap((field) => {
        const name = listed(field.type);
        return name && namesSomebody(name) ? [`${type.name}.${field.name}`] : [];
      }),
    )
    .sort();
}
