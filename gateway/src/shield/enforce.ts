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
import { LIMITS, UNSTORABLE } from '../limits.ts';
import { holdsStorableText } from '../text.ts';
import { type Guard, type GuardTable, guardsOf, TooManySelections } from './guards.ts';
import { rowCounter } from './rows.ts';

/** What the shield says of one operation: root fields that fall, each with its error. */
export type Verdict = ReadonlyMap<string, GraphQLError>;

type Variables = Record<string, unknown>;
type RowCounter = ReturnType<typeof rowCounter>;

export interface Shield {
  /** Variables with defaults filled in and checked, as the rules must see them; errors are the client's. */
  coerce(
    operation: OperationDefinitionNode,
    sent: Variables,
  ): { values: Variables } | { errors: readonly GraphQLError[] };
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

function guardsOrRefusal(read: () => readonly Guard[]): readonly Guard[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof TooManySelections)
      throw new AppError('VALIDATION_ERROR', 'The operation asks for too much at once.');
    throw error;
  }
}

const tooManyRows = () =>
  new AppError('VALIDATION_ERROR', `The operation may ask for at most ${LIMITS.rows} rows; ask for smaller pages.`);

/** A shield over the API schema. `trivial` rules always pass. */
export function makeShield(schema: GraphQLSchema, table: GuardTable, trivial: ReadonlySet<ShieldRule>): Shield {
  const known = new WeakMap<OperationDefinitionNode, readonly Guard[]>();
  const counters = new WeakMap<OperationDefinitionNode, RowCounter>();
  function countRows(document: DocumentNode, operation: OperationDefinitionNode): RowCounter {
    const counter = counters.get(operation) ?? rowCounter(schema, document, operation);
    counters.set(operation, counter);
    return counter;
  }
  return {
    coerce(operation, sent) {
      if (!holdsStorableText(sent)) return { errors: [new GraphQLError(UNSTORABLE)] };
      const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], sent, {
        maxErrors: MAX_VARIABLE_ERRORS,
      });
      return coerced ? { values: coerced } : { errors: errors ?? [] };
    },
    async judge(document, operation, variables, context) {
      let guards = known.get(operation);
      if (!guards)
        known.set(operation, (guards = guardsOrRefusal(() => guardsOf(schema, table, document, operation, trivial))));
      if (countRows(document, operation)(variables) > LIMITS.rows) throw tooManyRows();
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
