import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  OverlappingFieldsCanBeMergedRule,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql';
import { overlapProblem } from './overlap.ts';

/** Errors of a document beyond this number are not worked out. */
const MAX_ERRORS = 3;

/** graphql-js asks for a field's parent type, and nothing is wrong with a field without one. */
function knownOperationTypes(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (!context.getSchema().getRootType(node.operation))
        context.reportError(new GraphQLError(`The graph has no ${node.operation}s.`, { nodes: node }));
    },
  };
}

const RULES = [...specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule), knownOperationTypes];

/** What GraphQL says is wrong with a document; it accepts and refuses what graphql-js does, in time that grows with what the document spreads. */
export function problemsOfDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  const problems = validate(schema, document, RULES, { maxErrors: MAX_ERRORS });
  if (problems.length > 0) return problems;
  const overlap = overlapProblem(schema, document);
  return overlap ? [overlap] : [];
}
