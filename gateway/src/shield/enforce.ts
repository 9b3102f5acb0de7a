import { AppError, Forbidden } from '@polity/kernel/graph/errors';
import type { ShieldRule } from '@polity/kernel/graph/shield';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { GatewayContext } from '../context.ts';
import { type Guard, type GuardTable, guardsOf } from './guards.ts';

/** What the shield says of one operation: root fields that fall, each with its error. */
export type Verdict = ReadonlyMap<string, GraphQLError>;

export interface Shield {
  /** Evaluates the rules of the fields that this operation asks for, before planning. */
  judge(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>, context: GatewayContext): Promise<Verdict>;
}

const SHIELD_OPTIONS = { debug: true, allowExternalErrors: true };

type Outcome = true | Error;

async function evaluate(rule: ShieldRule, args: Record<string, unknown>, context: GatewayContext): Promise<Outcome> {
  try {
    const answer = await rule.resolve({}, args, context, {}, SHIELD_OPTIONS);
    if (answer === true) return true;
    return answer instanceof Error ? answer : new Forbidden();
  } catch (error) {
    if (error instanceof AppError) return error;
    context.log.error({ err: error, rule: rule.name }, 'a permission rule threw; access was denied');
    return new Forbidden();
  }
}

function denied(guard: Guard, error: Error): GraphQLError {
  return new GraphQLError(error.message, { path: [...guard.path], originalError: error });
}

/** A shield over the API schema. `trivial` rules always pass. */
export function makeShield(schema: GraphQLSchema, table: GuardTable, trivial: ReadonlySet<ShieldRule>): Shield {
  const known = new WeakMap<OperationDefinitionNode, readonly Guard[]>();
  return {
    async judge(document, operation, variables, context) {
      let guards = known.get(operation);
      if (!guards) known.set(operation, (guards = guardsOf(schema, table, document, operation, trivial)));
      const verdict = new Map<string, GraphQLError>();
      if (guards.length === 0) return verdict;
      Object.assign(context, { _shield: { cache: {} } });
      const asked = guards.filter((guard) => guard.asked(variables));
      const outcomes = await Promise.all(asked.map((guard) => evaluate(guard.rule, guard.args(variables), context)));
      for (const [index, outcome] of outcomes.entries()) {
        const guard = asked[index] as Guard;
        if (outcome !== true && !verdict.has(guard.rootKey)) verdict.set(guard.rootKey, denied(guard, outcome));
      }
      return verdict;
    },
  };
}

function withoutKeys(set: SelectionSetNode, denied: ReadonlySet<string>, fragments: ReadonlyMap<string, SelectionSetNode>): SelectionSetNode {
  const selections = set.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return denied.has((node.alias ?? node.name).value) ? [] : [node];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value);
    if (!inner) return [];
    const kept = withoutKeys(inner, denied, fragments);
    if (kept.selections.length === 0) return [];
    // A spread of a root fragment is inlined: the fragment itself may serve other places whole.
    return [{ kind: Kind.INLINE_FRAGMENT, selectionSet: kept, ...(node.directives ? { directives: node.directives } : {}) }];
  });
  return { kind: Kind.SELECTION_SET, selections };
}

/** The document without the denied root fields; null when nothing is left to run. */
export function pruned(document: DocumentNode, operation: OperationDefinitionNode, verdict: Verdict): DocumentNode | null {
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [])));
  const selectionSet = withoutKeys(operation.selectionSet, new Set(verdict.keys()), fragments);
  if (selectionSet.selections.length === 0) return null;
  return { ...document, definitions: document.definitions.map((node) => (node === operation ? { ...operation, selectionSet } : node)) };
}
