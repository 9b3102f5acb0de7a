import { hash } from 'node:crypto';
import { Supergraph as Composed } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { StartError } from '@polity/kernel/config/start-error';
import { installScalars } from '@polity/kernel/graph/scalars';
import type { Transport } from '@polity/kernel/graph/transport';
import type { GraphQLSchema } from 'graphql';
import { type LiveFields, liveFields } from '../live/declared.ts';
import { type CachePolicies, cachePolicies } from '../persisted/caching.ts';
import { type PlanExecutor, planExecutor } from '../plan/executor.ts';
import { declaredCosts } from '../shield/cost.ts';
import { uncovered } from '../shield/coverage.ts';
import { type DeclaredGuards, declaredGuards, loosened } from '../shield/declared.ts';
import { makeShield, type Shield } from '../shield/enforce.ts';
import { trivialRules } from '../shield/rules.ts';

/**
 * Fetches come as parsed documents, with the client's fragments written out, so that several can travel as one. Where parts of an operation
 * could be fetched from several subgraphs, the planner weighs so many ways at most, and then takes the best of fewer.
 */
export const PLANNER = {
  exposeDocumentNodeInFetchNode: true,
  reuseQueryFragments: false,
  debug: { maxEvaluatedPlans: 100 },
} as const;

/** First 12 hex digits of the SHA-256 of a supergraph. */
export const versionOf = (sdl: string): string => hash('sha256', sdl).slice(0, 12);

/** What serves one version of the graph. */
export interface Graph {
  sdl: string;
  /** First 12 hex digits of the SHA-256 of the supergraph. */
  version: string;
  /** What clients see of it. */
  apiSchema: GraphQLSchema;
  guards: DeclaredGuards;
  live: LiveFields;
  shield: Shield;
  executor: PlanExecutor;
  /** How long answers may be used again. */
  caching: CachePolicies;
}

const SHOWN = 12;
const someOf = (holes: readonly string[]) =>
  holes.slice(0, SHOWN).join(', ') + (holes.length > SHOWN ? ` and ${holes.length - SHOWN} more` : '');

/** What the shield needs of a graph. Throws StartError for one whose root fields are not all guarded, or less than those of `before`. */
function guardsOf(apiSchema: GraphQLSchema, sdl: string, before: DeclaredGuards | undefined) {
  const { guards, table } = declaredGuards(apiSchema, sdl);
  const holes = uncovered(apiSchema, table);
  if (holes.length > 0) throw new StartError(`The graph has fields that nobody guards: ${someOf(holes)}.`);
  const looser = before ? loosened(before, guards, apiSchema) : [];
  if (looser.length > 0)
    throw new StartError(
      `The new graph guards less than the one that is served: ${someOf(looser)}. Restart the gateway, or set ALLOW_LOOSER_GUARDS.`,
    );
  return { guards, table };
}

function planned(sdl: string) {
  try {
    const composed = Composed.build(sdl);
    return { planner: new QueryPlanner(composed, PLANNER), apiSchema: composed.apiSchema().toGraphQLJSSchema() };
  } catch (error) {
    throw new StartError(`The supergraph cannot be read: ${(error as Error).message.slice(0, 1_000)}`);
  }
}

/**
 * Makes everything that serves a supergraph, and serves nothing yet. Apollo's planner plans, our executor runs the plans, with the shield in
 * front. Throws StartError for a supergraph that cannot be read, or whose guards cannot be kept.
 */
export function buildGraph(sdl: string, transport: Transport, before?: DeclaredGuards): Graph {
  const { planner, apiSchema } = planned(sdl);
  const { guards, table } = guardsOf(apiSchema, sdl, before);
  const live = liveFields(apiSchema, sdl, guards);
  installScalars(apiSchema);
  return {
    sdl,
    version: versionOf(sdl),
    apiSchema,
    guards,
    live,
    shield: makeShield(apiSchema, table, trivialRules, declaredCosts(sdl)),
    caching: cachePolicies(apiSchema, sdl),
    executor: planExecutor({ planner, apiSchema, supergraphSdl: sdl, transport }),
  };
}
