import { StartError } from '@polity/kernel/config/start-error';
import { type SignedOptions, signedRoutes } from '@polity/kernel/graph/serve';
import type { FastifyInstance } from 'fastify';
import type { Supergraph } from '../supergraph.ts';

/** Path on the operations port at which the supergraph is exchanged. */
export const SUPERGRAPH_PATH = '/supergraph';
/** Path at which it is asked whether the supergraph in the body would be taken. */
export const CHECK_PATH = '/supergraph/check';

/** A supergraph is half a megabyte, and grows with every domain. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** What an operator may want. */
export type SupergraphAct = 'status' | 'reload' | 'rollback';

/** How a gateway stands after it was told something; `problem` says why it serves what it did before. */
export interface SupergraphStatus {
  version: string;
  before: readonly string[];
  problem?: string;
}

/** Answer to whether a supergraph would be taken; `problem` says why not. */
export interface SupergraphVerdict {
  /** The version that was asked about; null for one that cannot be read or kept. */
  version: string | null;
  problem?: string;
}

/** What one gateway does when it is told to, or all gateways of a machine. */
export interface GraphCommands {
  act(act: SupergraphAct): Promise<SupergraphStatus>;
  /** Says whether this supergraph would be taken, and changes nothing. */
  check(sdl: string): Promise<SupergraphVerdict>;
}

const acts: Record<SupergraphAct, (graph: Supergraph) => Promise<void>> = {
  status: async () => {},
  reload: (graph) => graph.reload(),
  rollback: (graph) => graph.rollBack(),
};

const isAct = (text: string): text is SupergraphAct => Object.hasOwn(acts, text);

/** What an operator can mend is an answer. */
function orProblem<Result>(work: Promise<Result>): Promise<{ result?: Result; problem?: string }> {
  return work.then(
    (result) => ({ result }),
    (error: unknown) => {
      if (error instanceof StartError) return { problem: error.message };
      throw error;
    },
  );
}

/** What an operator may tell a gateway about its graph. */
export const graphCommands = (graph: Supergraph): GraphCommands => ({
  async act(act) {
    const { problem } = await orProblem(acts[act](graph));
    const status = { version: graph.version(), before: graph.before() };
    return problem === undefined ? status : { ...status, problem };
  },
  async check(sdl) {
    const { result: version = null, problem } = await orProblem(graph.check(sdl));
    return problem === undefined ? { version } : { version, problem };
  },
});

/**
 * For those who hold the secret of the installation: `POST /supergraph` with what is wanted as its body, and `POST /supergraph/check` with a
 * supergraph that may be wanted later.
 */
export function supergraphRoute(app: FastifyInstance, signed: SignedOptions, commands: GraphCommands): Promise<void> {
  return signedRoutes(app, signed, (routes) => {
    routes.post(SUPERGRAPH_PATH, async (request, reply) => {
      const act = String(request.body);
      return isAct(act) ? commands.act(act) : reply.code(400).send();
    });
    routes.post(CHECK_PATH, { bodyLimit: BODY_LIMIT }, async (request) => commands.check(String(request.body)));
  });
}
