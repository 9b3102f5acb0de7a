import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { problemOfText } from './input.ts';
import { LIMITS } from './limits.ts';

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);
const STRING = new Set<string>([TokenKind.STRING, TokenKind.BLOCK_STRING]);

/** The document is beyond a limit. */
export const beyond = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });

/** Comments between this token and the one before it. */
function commentsBefore({ prev }: Lexer['token']): number {
  let comments = 0;
  for (let token = prev; token?.kind === TokenKind.COMMENT; token = token.prev) comments++;
  return comments;
}

/**
 * Reads the tokens of a document, and no more, so that parsing it can neither take long nor run out of stack. Throws a GraphQLError for
 * text that is no document or is beyond a limit.
 */
export function measureText(text: string): void {
  if (text.length > LIMITS.characters) throw beyond(`A document may have at most ${LIMITS.characters} characters.`);
  const lexer = new Lexer(new Source(text));
  let [tokens, open] = [0, 0];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1 + commentsBefore(token);
    if (tokens > LIMITS.tokens) throw beyond(`A document may have at most ${LIMITS.tokens} tokens.`);
    if (OPENING.has(token.kind)) open++;
    else if (CLOSING.has(token.kind)) open--;
    else if (token.kind === TokenKind.NAME && token.value.length > LIMITS.name)
      throw beyond(`A name may have at most ${LIMITS.name} letters.`);
    const problem = STRING.has(token.kind) ? problemOfText(token.value) : null;
    if (problem) throw beyond(problem);
    if (open > LIMITS.nesting) throw beyond(`At most ${LIMITS.nesting} brackets may be open at once.`);
  }
}
