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
