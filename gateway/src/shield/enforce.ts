import { problemOfVariables } from '@polity/kernel/document/input';
import { AppError, Forbidden } from '@polity/kernel/graph/errors';
import type { ShieldRule } from '@polity/kernel/graph/shield';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { GatewayContext } from '../context.ts';
import { type Cost, costOf, type DeclaredCosts, nothingDeclared } from './cost.ts';
import { type Guard, type GuardTable, guardsOf, TooManySelections } from './guards.ts';

/** What the shield says of one operation: root fields that fall, each with its error. */
export type Verdict = ReadonlyMap<string, GraphQLError>;

type Variables = Record<string, unknown>;

export interface Shield {
  /** Works out rules and cost of an operation before it is asked for. Throws as `cost`. */
  prepare(document: DocumentNode, operation: OperationDefinitionNode): void;
  /** Variables with defaults filled in and checked, as the rules must see them; errors are the client's. */
  coerce(
    operation: OperationDefinitionNode,
    sent: Variables,
  ): { values: Variables } | { errors: readonly GraphQLError[] };
  /** What the operation costs at most. `variables` are coerced. Throws VALIDATION_ERROR for one that cannot be walked. */
  cost(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number;
  /** Evaluates the rules of the fields that this operation asks for, before planning. `variables` are coerced. */
  judge(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Verdict>;
}

const SHIELD_OPTIONS = { debug: true, allowExternalErrors: true };
const MAX_VARIABLE_ERRORS = 3;

/** Null where the field is not asked for, or the rule lets it pass. */
async function problem(
  { rule, operation, args, asked }: Guard,
  variables: Variables,
  context: GatewayContext,
): Promise<Error | null> {
  try {
    if (!asked(variables)) return null;
    const answer = await rule.resolve({}, args(variables), context, { operation }, SHIELD_OPTIONS);
    if (answer === true) return null;
    return answer instanceof Error ? answer : new Forbidden();
  } catch (error) {
    if (error instanceof AppError) return error;
    if (error instanceof GraphQLError) return new AppError('VALIDATION_ERROR', error.message);
    context.log.error({ err: error, rule: rule.name }, 'a permission rule threw; access was denied');
    return new Forbidden();
  }
}

/** The error stands where the null is: at the root field, also when a field inside it was denied. */
function denied(rootKey: string, error: Error): GraphQLError {
  return new GraphQLError(error.message, { path: [rootKey], originalError: error });
}

/** What is worked out once per operation of a document. */
interface Plan {
  guards: readonly Guard[];
  cost: Cost;
}

function planOrRefusal(read: () => Plan): Plan {
  try {
    return read();
  } catch (error) {
    if (error instanceof TooManySelections)
      throw new AppError('VALIDATION_ERROR', 'The operation asks for too much at once.');
    throw error;
  }
}

/** A shield over the API schema. `trivial` rules always pass. */
export function makeShield(
  schema: GraphQLSchema,
  table: GuardTable,
  trivial: ReadonlySet<ShieldRule>,
  declared: DeclaredCosts = nothingDeclared,
): Shield {
  // Documents are kept by their text (`documents/read.ts`), so an operation that comes again is the same object.
  const known = new WeakMap<OperationDefinitionNode, Plan>();
  function planOf(document: DocumentNode, operation: OperationDefinitionNode): Plan {
    const plan =
      known.get(operation) ??
      planOrRefusal(() => ({
        guards: guardsOf(schema, table, document, operation, trivial),
        cost: costOf(schema, declared, document, operation),
      }));
    known.set(operation, plan);
    return plan;
  }
  return {
    prepare: (document, operation) => void planOf(document, operation),
    coerce(operation, sent) {
      const problem = problemOfVariables(sent);
      if (problem) return { errors: [new GraphQLError(problem)] };
      const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], sent, {
        maxErrors: MAX_VARIABLE_ERRORS,
      });
      return coerced ? { values: coerced } : { errors: errors ?? [] };
    },
    cost: (document, operation, variables) => planOf(document, operation).cost(variables),
    async judge(document, operation, variables, context) {
      const { guards } = planOf(document, operation);
      const verdict = new Map<string, GraphQLError>();
      if (guards.length === 0) return verdict;
      Object.assign(context, { _shield: { cache: {} } });
      const problems = await Promise.all(guards.map((guard) => problem(guard, variables, context)));
      for (const [index, error] of problems.entries()) {
        const { rootKey } = guards[index] as Guard;
        if (error && !verdict.has(rootKey)) verdict.set(rootKey, denied(rootKey, error));
      }
      return verdict;
    },
  };
}
