import './planner-patch.ts';
import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode, QueryPlanner } from '@apollo/query-planner';
import { selectionsOf } from '@polity/kernel/document/size';
import { AppError } from '@polity/kernel/graph/errors';
import { textCache } from '@polity/kernel/graph/text-cache';
import type { Transport } from '@polity/kernel/graph/transport';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse, visit } from 'graphql';
import { LEAST_POINTS } from '../rate-limit.ts';
import type { Executor, ExecutorRequest } from '../shield/guarded.ts';
import { callSubgraph } from './call.ts';
import { type Completion, compileCompletion } from './complete.ts';
import { conditionVariables, resolved } from './conditions.ts';
import { ErrorList } from './errors.ts';
import { UnknownPlan } from './fetch.ts';
import { type Introspection, introspectionOf } from './introspection.ts';
import { type RequiredFields, requiredFields } from './keys.ts';
import { Merger } from './merge.ts';
import { outlineOf } from './outline.ts';
import { compilePlan, runPlan, type Step } from './run.ts';
import { type Subtypes, subtypesOf } from './subtypes.ts';
import type { Tree } from './tree.ts';

/** Operations whose plans are kept, and what they are taken for together; clients choose both. */
const RECORDS = { maxEntries: 2_000, maxBytes: 32_000_000 };
/** What a record takes, measured: in any case, for each character of its fetches, which are kept as trees, too, and for each selection. */
const BYTES = { record: 5_000, character: 10, selection: 500 };

type Values = Record<string, unknown>;

/** An operation as it was worked out once for one outcome of its `@skip` and `@include`: its plan as a step, and its answer as a completion. */
interface Compiled {
  step: Step | null;
  introspection: Introspection | null;
  complete: Completion;
  /** The plan for people. */
  outline: string;
  /** What it keeps alive, for the bound of the cache. */
  bytes: number;
}

/** Runs operations by plans that it keeps. */
export interface PlanExecutor extends Executor {
  /** Plans an operation for these values of its conditions before it is asked for. Throws as `compile`. */
  prepare(operation: Planned, values: Values): void;
}

/** What a plan is made of. */
type Planned = Pick<ExecutorRequest, 'document' | 'operation' | 'prunedKey' | 'queryHash'>;

export interface PlanExecutorOptions {
  planner: QueryPlanner;
  /** What clients see. */
  apiSchema: GraphQLSchema;
  supergraphSdl: string;
  transport: Transport;
}

function textOf(node: PlanNode | undefined): number {
  if (!node) return 0;
  if (node.kind === 'Fetch') return node.operation.length;
  if (node.kind === 'Flatten') return textOf(node.node);
  return 'nodes' in node ? node.nodes.reduce((sum, part) => sum + textOf(part), 0) : 0;
}

/** The alias that would change what an object is instead of naming a part of it. */
const NOT_A_KEY = '__proto__';

function withoutProto(document: DocumentNode): void {
  visit(document, {
    Field({ alias }) {
      if (alias?.value === NOT_A_KEY) throw new AppError('VALIDATION_ERROR', `A field cannot be called ${NOT_A_KEY}.`);
    },
  });
}

/** What plans need to know of the whole supergraph. */
interface Facts {
  subtypes: Subtypes;
  required: RequiredFields;
}

function compile(options: PlanExecutorOptions, facts: Facts, planned: Planned, values: Values): Compiled {
  const { planner, apiSchema } = options;
  const { subtypes, required } = facts;
  const { document, operation } = planned;
  withoutProto(document);
  const { node } = planner.buildQueryPlan(
    operationFromDocument(planner.supergraph.apiSchema(), resolved(document, operation, values, required)),
  );
  if (node?.kind === 'Subscription') throw new UnknownPlan(node.kind);
  return {
    step: node ? compilePlan(node, subtypes, required) : null,
    introspection: introspectionOf(document, operation),
    complete: compileCompletion(apiSchema, document, operation, values, required),
    outline: outlineOf(node),
    bytes: BYTES.record + BYTES.character * textOf(node) + BYTES.selection * selectionsOf(document),
  };
}

/** Names operations by the text of their document, and by the outcome of its conditions. */
function namer() {
  const known = new WeakMap<OperationDefinitionNode, readonly string[]>();
  return ({ document, operation, prunedKey, queryHash }: Planned, values: Values): string => {
    const conditions = known.get(operation) ?? conditionVariables(document);
    known.set(operation, conditions);
    const name = prunedKey ?? `${queryHash}:${operation.name?.value ?? ''}`;
    return `${name}?${conditions.map((condition) => String(values[condition])).join()}`;
  };
}

/**
 * Runs operations by the plans of Apollo's planner: representations asked for once, one call per subgraph and step, results merged in
 * place, one pass that completes the answer. Throws UnknownPlan for a plan that it does not run.
 */
export function planExecutor(options: PlanExecutorOptions): PlanExecutor {
  const { apiSchema, supergraphSdl, transport } = options;
  const composed = parse(supergraphSdl, { noLocation: true });
  const facts = { subtypes: subtypesOf(composed), required: requiredFields(composed) };
  const nameOf = namer();
  const records = textCache<Compiled>(RECORDS);

  function compiled(request: ExecutorRequest, values: Values): Compiled {
    const name = nameOf(request, values);
    const known = records.get(name);
    if (known) return known;
    // Outcomes of `@skip` and `@include` have plans of their own, and plans fall out: a document that is known may be planned again and
    // again. A selection is a point, as the dearest are planned in a tenth of a millisecond each.
    const { document, context } = request;
    context.operation.owe(Math.max(0, selectionsOf(document) - LEAST_POINTS));
    const made = compile(options, facts, request, values);
    records.set(name, made, made.bytes);
    return made;
  }

  function prepare(planned: Planned, values: Values): void {
    const name = nameOf(planned, values);
    if (records.get(name)) return;
    const made = compile(options, facts, planned, values);
    records.keep(name, made, made.bytes);
  }

  const run: Executor = async (request, values) => {
    const { step, introspection, complete, outline } = compiled(request, values);
    const context = request.context.operation;
    context.plan = outline;
    const variables = request.request.variables ?? {};
    const reads = request.operation.operation === 'query';
    const data: Tree = {};
    const [merger, errors, missing] = [new Merger(), new ErrorList(), new Set<Tree>()];
    const call = callSubgraph.bind(null, transport, context);
    if (step) await runPlan(step, { data, merger, errors, missing, variables, call, reads });
    const introspected = introspection?.(apiSchema, variables) ?? {};
    const completed = complete({ data, merger, errors, missing, introspection: introspected });
    const all = errors.all();
    return { data: completed, ...(all.length > 0 && { errors: all }) };
  };
  return Object.assign(run, { prepare });
}
