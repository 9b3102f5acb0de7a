import { parse } from 'graphql';
import { InvalidInput } from '../graph/errors.ts';
import type { InternalFields } from '../graph/operator-fields.ts';
import type { AnySubgraph, BaseContext } from '../graph/subgraph.ts';
import type { Concern } from './concerns.ts';
import { hideContent, readContent } from './content.ts';
import { columnsWithin, erasePerson, exportPart, type PeopleDuty, partOf } from './people.ts';

// Like `_deadLetters`, these fields are in every subgraph that has a database, and not in the composed graph: whoever asks names the subgraph.
const typeDefs = parse(`
  extend type Query {
    _personParts: [String!]! @guard(who: SERVICE)
    _exportPerson(userId: ID!, part: String!, first: Int!, after: String): JSON! @guard(who: SERVICE)
    _contentTypes: JSON! @guard(who: SERVICE)
    _content(type: String!, ids: [ID!]!): JSON! @guard(who: SERVICE)
    _concerns(type: String!, data: JSON!): JSON! @guard(who: SERVICE)
  }
  extend type Mutation {
    _erasePerson(userId: ID!): JSON! @guard(who: SERVICE)
    _hideContent(type: String!, id: ID!, hidden: Boolean!): Boolean! @guard(who: SERVICE)
  }
`);

type Context = BaseContext;
const MAX_ROWS = 1_000;
const nobody: PeopleDuty = { columns: [], notPeople: [] };

function exported({ people = nobody }: AnySubgraph) {
  return {
    _personParts: (_: unknown, _args: unknown, { request }: Context) =>
      columnsWithin(people, request.tenantId)
        .filter(({ exports }) => exports.length > 0)
        .map(partOf),
    async _exportPerson(
      _: unknown,
      { after = null, ...asked }: { userId: string; part: string; first: number; after?: string | null },
      { em, request }: Context,
    ) {
      if (asked.first < 1 || asked.first > MAX_ROWS) throw new InvalidInput({ first: `is 1 to ${MAX_ROWS}` });
      // The person's own rows that have no tenant are shown to the person alone.
      const own = em.fork();
      own.setSessionContext({ variables: { 'app.tenant': request.tenantId ?? '', 'app.viewer': asked.userId } });
      return exportPart(own, columnsWithin(people, request.tenantId), { ...asked, after });
    },
  };
}

/** The internal fields by which other services ask what this subgraph owes the whole. */
export function dutyFields(definition: AnySubgraph): InternalFields {
  const { name: subgraph, people = nobody, content = [], concerns = {} } = definition;
  const Query = {
    ...exported(definition),
    _contentTypes: () => content.map(({ type, texts }) => ({ type, texts: Object.keys(texts) })),
    _content: (_: unknown, { type, ids }: { type: string; ids: string[] }, { em }: Context) =>
      readContent(em, content, type, ids),
    _concerns: async (_: unknown, { type, data }: { type: string; data: unknown }, ctx: Context): Promise<Concern[]> =>
      (await concerns[type]?.(data as never, ctx)) ?? [],
  };
  const Mutation = {
    _erasePerson: (_: unknown, { userId }: { userId: string }, { em, request }: Context) =>
      em.transactional((tx) => erasePerson(tx as typeof em, columnsWithin(people, request.tenantId), userId)),
    _hideContent(_: unknown, asked: { type: string; id: string; hidden: boolean }, { em, request, clock }: Context) {
      const { tenantId, requestId, onBehalfOf: actorId } = request;
      const hiding = { subgraph, tenantId, requestId, actorId, clock };
      return em.transactional((tx) => hideContent(tx as typeof em, content, asked, hiding));
    },
  };
  return { typeDefs, resolvers: { Query, Mutation } };
}
