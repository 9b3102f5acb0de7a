import type { Reading } from '@polity/kernel/document/read';
import { AppError } from '@polity/kernel/graph/errors';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { rootFields } from '../shield/prune.ts';
import type { LiveFields } from './declared.ts';

/** What a client sends to subscribe. */
export interface Asked {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
}

/** A subscription as the query that is asked again whenever something happens. */
export interface LiveOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  queryHash: string;
  name: string | undefined;
  /** Types of events after which it is asked. */
  types: readonly string[];
  /** Ids among its arguments; an event concerns it that names all of them. */
  idsOf(variables: Record<string, unknown>): readonly string[];
}

/** Thrown for what cannot be followed. */
export class NotLive extends AppError {
  constructor(message: string) {
    super('BAD_REQUEST', message);
  }
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids anywhere in the value of an argument. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return ID.test(value.toLowerCase()) ? [value.toLowerCase()] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

function idsOfField(schema: GraphQLSchema, field: FieldNode, variables: Record<string, unknown>): string[] {
  const definition = schema.getQueryType()?.getFields()[field.name.value];
  return definition ? Object.values(getArgumentValues(definition, field, variables)).flatMap(idsIn) : [];
}

/** The same operation as a query, alone with the fragments of its document. */
function asQuery(document: DocumentNode, subscription: OperationDefinitionNode) {
  const operation: OperationDefinitionNode = { ...subscription, operation: OperationTypeNode.QUERY };
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return { operation, document: { ...document, definitions: [operation, ...fragments] } };
}

/** Makes what is followed of what was read, once for each operation. Throws NotLive. */
export function liveOperations(schema: GraphQLSchema, live: LiveFields) {
  const known = new WeakMap<OperationDefinitionNode, LiveOperation>();

  function make(hash: string, document: DocumentNode, subscription: OperationDefinitionNode): LiveOperation {
    const fields = rootFields(document, subscription);
    const [field] = fields;
    const types = field && live.get(field.name.value);
    if (!field || !types || fields.length > 1) throw new NotLive('One field can be subscribed to at a time.');
    const name = subscription.name?.value;
    return {
      ...asQuery(document, subscription),
      queryHash: `live:${hash}:${name ?? ''}`,
      name,
      types,
      idsOf: (variables) => idsOfField(schema, field, variables),
    };
  }

  return (reading: Extract<Reading, { document: DocumentNode }>, operationName: string | undefined): LiveOperation => {
    const operation = getOperationAST(reading.document, operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
      throw new NotLive('Only subscriptions come this way; send queries and mutations to /graphql.');
    const made = known.get(operation) ?? make(reading.hash, reading.document, operation);
    known.set(operation, made);
    return made;
  };
}
