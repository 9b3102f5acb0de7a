import { type DocumentNode, parse } from 'graphql';
import { type EventOperator, MAX_REPLAY } from '../events/operator.ts';
import { InvalidInput } from './errors.ts';

// Like `_service` and `_entities`, these fields are in every subgraph that has a database, and not in the composed graph.
const typeDefs = parse(`
  extend type Query { _deadLetters(first: Int!): JSON! @guard(who: SERVICE) }
  extend type Mutation {
    _redriveDeadLetter(consumer: String!, eventId: ID!): String! @guard(who: SERVICE)
    _replayEvents(types: [String!]!, since: DateTime!, until: DateTime!, dryRun: Boolean!): Int! @guard(who: SERVICE)
  }
`);

/** Fields that the kernel adds to the schema of a subgraph, for other services. */
export interface InternalFields {
  typeDefs: DocumentNode;
  resolvers: Record<string, unknown>;
}

interface Replay {
  types: string[];
  since: Date;
  until: Date;
  dryRun: boolean;
}

/** How many events are published again. Throws InvalidInput where they are too many. */
async function replayed(operator: EventOperator, { dryRun, ...selection }: Replay): Promise<number> {
  const count = await operator.replayable(selection);
  if (count > MAX_REPLAY)
    throw new InvalidInput({ since: `means ${count} events, and ${MAX_REPLAY} are published again at most` });
  return dryRun ? count : operator.replay(selection);
}

/** By these the gateway asks a service about the events that it published, or gave up. `operator` is asked when a field is, since schemas are made before databases are open. */
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
        _replayEvents: async (_: unknown, asked: Replay) => {
          const running = operator();
          return running ? replayed(running, asked) : 0;
        },
      },
    },
  };
}
