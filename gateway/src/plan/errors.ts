import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ResponsePath } from './tree.ts';

/** Errors that one operation answers with; more would only make the answer long. */
export const MAX_ERRORS = 200;

const keyOf = (path: readonly unknown[]) => JSON.stringify(path).slice(0, -1);

/** The errors of one operation, in the order in which they came. */
export class ErrorList {
  readonly #errors: GraphQLError[] = [];
  #more = 0;

  /** An error of the subgraph `service` at a place of the answer; without a path where nobody knows the place. */
  add({ message, extensions }: GraphQLFormattedError, path: ResponsePath | undefined, service: string): void {
    if (this.#errors.length >= MAX_ERRORS) {
      this.#more++;
      return;
    }
    this.#errors.push(
      new GraphQLError(message, { ...(path ? { path } : {}), extensions: { ...extensions, serviceName: service } }),
    );
  }

  /** Tells whether an error stands at a place, above or below it, so that a null there is accounted for. */
  covers(): (path: ResponsePath) => boolean {
    if (this.#more > 0) return () => true;
    const exact = new Set<string>();
    const prefixes = new Set<string>();
    for (const { path } of this.#errors) {
      if (!path) return () => true;
      exact.add(keyOf(path));
      for (let length = 0; length <= path.length; length++) prefixes.add(keyOf(path.slice(0, length)));
    }
    return (path) => prefixes.has(keyOf(path)) || path.some((_step, index) => exact.has(keyOf(path.slice(0, index))));
  }

  all(): readonly GraphQLError[] {
    if (this.#more === 0) return this.#errors;
    const message = `${this.#more} more errors of this operation are not listed.`;
    return [
      ...this.#errors,
      new GraphQLError(message, { extensions: { code: 'INTERNAL_ERROR', serviceName: 'gateway' } }),
    ];
  }
}
