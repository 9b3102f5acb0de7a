import { type GraphQLSchema, isObjectType } from 'graphql';
import type { GuardTable } from './guards.ts';

const rootsOf = (schema: GraphQLSchema) =>
  new Set([schema.getQueryType()?.name, schema.getMutationType()?.name, schema.getSubscriptionType()?.name]);

/** Fields of the API schema without a rule; the gateway does not start with any. */
export function uncovered(schema: GraphQLSchema, table: GuardTable): string[] {
  const roots = rootsOf(schema);
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__')) return [];
    const row = table[type.name] ?? {};
    if ('*' in row && !roots.has(type.name)) return [];
    return Object.keys(type.getFields())
      .filter((field) => !(field in row))
      .map((field) => `${type.name}.${field}`);
  });
}

/** Rules of fields that the schema does not have. They guard nothing, as after a field was renamed. */
export function stray(schema: GraphQLSchema, table: GuardTable): string[] {
  const roots = rootsOf(schema);
  return Object.entries(table).flatMap(([typeName, row]) => {
    const type = schema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    const known = (field: string) => (field === '*' ? isObjectType(type) && !roots.has(typeName) : field in fields);
    return Object.keys(row)
      .filter((field) => !known(field))
      .map((field) => `${typeName}.${field}`);
  });
}
