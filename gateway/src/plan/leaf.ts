import { type GraphQLLeafType, isEnumType } from 'graphql';

const CHECKS: Record<string, (value: unknown) => boolean> = {
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => typeof value === 'number',
  ID: (value) => typeof value === 'string' || typeof value === 'number',
  Int: (value) => Number.isInteger(value),
  String: (value) => typeof value === 'string',
};

/** Whether a value is of that type as answers are written; scalars of ours are checked by the subgraph that serializes them. */
export function leafCheck(type: GraphQLLeafType): (value: unknown) => boolean {
  if (!isEnumType(type)) return CHECKS[type.name] ?? (() => true);
  const names = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => names.has(value);
}
