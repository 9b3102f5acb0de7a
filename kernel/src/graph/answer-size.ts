import { AppError } from './errors.ts';
import type { GraphReply } from './transport.ts';

/** Eight mebibytes: the largest answer, of one subgraph as of all together. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Thrown for an answer that is larger than one may be. What a mutation changed stays changed. */
export class AnswerTooLarge extends AppError {
  constructor() {
    super('ANSWER_TOO_LARGE', 'The answer is too large. Ask for smaller pages, or for less.', {
      limit: MAX_ANSWER_BYTES,
    });
  }
}

/** What stands in for an answer that is too large. */
export function tooLargeReply(): GraphReply {
  const { message, code, details } = new AnswerTooLarge();
  return { data: null, errors: [{ message, extensions: { code, details } }] };
}

/** About what any number, truth value or null takes. */
const SCALAR_BYTES = 5;

/**
 * Bytes of a value as JSON, before escapes. Nothing is written for it, and it ends early above `most`, so that a value that is too large
 * costs no more than the largest that is not. Needs no stack.
 */
export function jsonBytes(value: unknown, most: number): number {
  const waiting: unknown[] = [value];
  let bytes = 0;
  while (waiting.length > 0 && bytes <= most) {
    const next = waiting.pop();
    if (typeof next === 'string') bytes += Buffer.byteLength(next) + 3;
    else if (typeof next !== 'object' || next === null) bytes += SCALAR_BYTES;
    else if (Array.isArray(next)) {
      bytes += 2;
      for (const inner of next) waiting.push(inner);
    } else {
      bytes += 2;
      for (const name of Object.keys(next)) {
        bytes += name.length + 3;
        waiting.push((next as Record<string, unknown>)[name]);
      }
    }
  }
  return bytes;
}
