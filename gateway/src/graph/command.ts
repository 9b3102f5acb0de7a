import { StartError } from '@polity/kernel/config/start-error';
import { type SignedOptions, signedRoutes } from '@polity/kernel/graph/serve';
import type { FastifyInstance } from 'fastify';
import type { Supergraph } from '../supergraph.ts';

/** Path on the operations port at which the supergraph is exchanged. */
export const SUPERGRAPH_PATH = '/supergraph';

/** What an operator may want. */
export type SupergraphAct = 'status' | 'reload' | 'rollback';

/** How a gateway stands after it was told something; `problem` says why it serves what it did before. */
export interface SupergraphStatus {
  version: string;
  before: readonly string[];
  problem?: string;
}

const acts: Record<string, (graph: Supergraph) => Promise<void>> = {
  status: async () => {},
  reload: (graph) => graph.reload(),
  rollback: (graph) => graph.rollBack(),
};

/** `POST /supergraph` with what is wanted as its body, for those who hold the secret of the installation. */
export function supergraphRoute(app: FastifyInstance, signed: SignedOptions, graph: Supergraph): Promise<void> {
  return signedRoutes(app, signed, (routes) => {
    routes.post(SUPERGRAPH_PATH, async (request, reply) => {
      const act = acts[String(request.body)];
      if (!act) return reply.code(400).send();
      const problem = await act(graph).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof StartError) return error.message;
          throw error;
        },
      );
      const status: SupergraphStatus = { version: graph.version(), before: graph.before() };
      return problem === undefined ? status : { ...status, problem };
    });
  });
}
