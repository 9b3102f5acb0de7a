import { StartError } from '@polity/kernel/config/start-error';
import { assertTypePattern } from '@polity/kernel/events/envelope';
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';
import type { DeclaredGuards } from '../shield/declared.ts';

/** Types of events, by the field of `Subscription` that follows them. */
export type LiveFields = ReadonlyMap<string, readonly string[]>;

const subscriptionsIn = (document: DocumentNode) =>
  document.definitions.filter(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Subscription',
  );

function typesOf({ directives = [] }: NonNullable<ObjectTypeDefinitionNode['fields']>[number]): string[] {
  const on = directives.find(({ name }) => name.value === 'live')?.arguments?.find(({ name }) => name.value === 'on');
  const values = on?.value.kind === Kind.LIST ? on.value.values : [];
  return values.flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));
}

const shapeOf = ({ type, args }: GraphQLField<unknown, unknown>) =>
  `${type} (${args.map(({ name, type: argument, defaultValue }) => `${name}: ${argument} = ${JSON.stringify(defaultValue)}`)})`;

/** What is wrong with one field of `Subscription`; null where it can be followed. */
function problemOf(
  name: string,
  types: readonly string[],
  schema: GraphQLSchema,
  guards: DeclaredGuards,
): string | null {
  const field = schema.getSubscriptionType()?.getFields()[name];
  const query = schema.getQueryType()?.getFields()[name];
  if (!field || !query || shapeOf(field) !== shapeOf(query))
    return 'is no field of Query with the same arguments and type';
  if (JSON.stringify(guards.get(`Subscription.${name}`)) !== JSON.stringify(guards.get(`Query.${name}`)))
    return 'has another guard than the field of Query';
  if (types.length === 0) return 'has no @live that names types of events';
  try {
    for (const type of types) assertTypePattern(type);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Reads what a supergraph says of subscriptions. Throws StartError where one is not a query that is asked again, which is what all of them are. */
export function liveFields(schema: GraphQLSchema, supergraphSdl: string, guards: DeclaredGuards): LiveFields {
  const fields = subscriptionsIn(parse(supergraphSdl, { noLocation: true })).flatMap(({ fields: all = [] }) => all);
  const live = new Map(fields.map((field) => [field.name.value, typesOf(field)]));
  for (const [name, types] of live) {
    const problem = problemOf(name, types, schema, guards);
    if (problem) throw new StartError(`Subscription.${name} ${problem}.`);
  }
  return live;
}
