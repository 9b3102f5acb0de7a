import { type DocumentNode, parse } from 'graphql';
import type { EventOperator } from '../events/operator.ts';

// Like `_service` and `_entities`, these fields are in every subgraph that has a database, and not in the composed graph.
const typeDefs = parse(`
  extend type Query { _deadLetters(first: Int!): JSON! @guard(who: SERVICE) }
  extend type Mutation { _redriveDeadLetter(consumer: String!, eventId: ID!): String! @guard(who: SERVICE) }
`);

/** Fields that the kernel adds to the schema of a subgraph, for other services. */
export interface InternalFields {
  typeDefs: DocumentNode;
  resolvers: Record<string, unknown>;
}

/** By these the gateway asks a service about the events that it gave up. `operator` is asked when a field is, since schemas are made before databases are open. */
export function operatorFields(operator: () => EventOperator | null): InternalFields {
  return {
    typeDefs,
    resolvers: {
      Query: {
        _deadLetters: async (_: unknown, { first }: { first: number }) => (await operator()?.deadLetters(first)) ?? [],
      },
      Mutation: {
        _redriveDeadLetter: async (_: unknown, { consumer, eventId }: { consumer: string; eventId: string }) =>
          (await operator()?.redrive(consumer, eventId)) ?? 'missing',
      },
    },
  };
}
