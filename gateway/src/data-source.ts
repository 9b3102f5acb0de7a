import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
import type { GraphReply, Transport } from '@polity/kernel/graph/transport';
import { mergeNotes } from '@polity/kernel/service/client';
import { type DocumentNode, getOperationAST, type GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from './context.ts';

type ProcessOptions = GraphQLDataSourceProcessOptions<GatewayContext>;

/** Only this subgraph may start or end sessions (design section 6). */
const SESSION_AUTHORITY = 'identity';

/**
 * A gateway data source over any transport: hands over the parsed document, collects stamps, and turns a missing
 * answer into one coded error per root field, so that siblings survive.
 */
export function transportDataSource(name: string, transport: Transport): GraphQLDataSource<GatewayContext> {
  return {
    async process(options: ProcessOptions) {
      const context = options.context as GatewayContext;
      const document = 'document' in options ? options.document : undefined;
      const { query = '', variables, operationName } = options.request;
      context.calls[name] = (context.calls[name] ?? 0) + 1;
      const request = {
        query,
        ...(document ? { document } : {}),
        ...(variables ? { variables } : {}),
        ...(operationName ? { operationName } : {}),
      };
      const reply = await transport.execute(name, request, context.request).catch((error: unknown): GraphReply => {
        context.log.warn({ err: error, subgraph: name }, 'a subgraph did not answer');
        return { data: null, errors: unavailable(name, document) };
      });
      mergeNotes(context.notes, reply.notes);
      if (reply.notes?.stamp) context.adopt({ ...context.request, stamp: newest(context) });
      if (name === SESSION_AUTHORITY && reply.notes?.session) await context.session.apply(reply.notes.session);
      return { data: reply.data ?? null, ...(reply.errors ? { errors: reply.errors as never } : {}) };
    },
  };
}

function newest(context: GatewayContext): string | null {
  const notes = { stamp: context.request.stamp ?? undefined } as { stamp?: string };
  mergeNotes(notes, context.notes);
  return notes.stamp ?? null;
}

function unavailable(name: string, document: DocumentNode | undefined): GraphQLFormattedError[] {
  const { message, code, details } = new SubgraphUnavailable(name);
  const error = { message, extensions: { code, details } };
  const selections = (document && getOperationAST(document)?.selectionSet.selections) ?? [];
  const keys = selections.flatMap((node) => (node.kind === 'Field' ? [(node.alias ?? node.name).value] : []));
  if (keys.length === 0 || keys.includes('_entities')) return [error];
  return keys.map((key) => ({ ...error, path: [key] }));
}
