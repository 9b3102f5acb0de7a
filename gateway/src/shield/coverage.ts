import { type GraphQLSchema, isObjectType } from 'graphql';
import type { GuardTable } from './guards.ts';

/** Fields of the API schema without a rule, and rules without a field; both must be empty for the gateway to start. */
export function uncovered(schema: GraphQLSchema, table: GuardTable): string[] {
  const problems: string[] = [];
  const roots = new Set([
    schema.getQueryType()?.name,
    schema.getMutationType()?.name,
    schema.getSubscriptionType()?.name,
  ]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const row = table[type.name] ?? {};
    const star = '*' in row && !roots.has(type.name);
    for (const field of Object.keys(type.getFields()))
      if (!(field in row) && !star) problems.push(`${type.name}.${field}`);
  }
  for (const [typeName, row] of Object.entries(table)) {
    const type = schema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    for (const field of Object.keys(row)) {
      if (field === '*' ? !isObjectType(type) || roots.has(typeName) : !fields[field])
        problems.push(`${typeName}.${field} (not in the schema)`);
    }
  }
  return problems;
}
