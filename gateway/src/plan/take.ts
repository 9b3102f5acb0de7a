import type { GraphQLFormattedError } from 'graphql';
import type { PartReply } from './batch.ts';
import { type ErrorList, MAX_ERRORS } from './errors.ts';
import { type Fetch, failureOf, restOf } from './fetch.ts';
import { clientPath } from './keys.ts';
import type { Merger } from './merge.ts';
import type { Wanted } from './representations.ts';
import { placesOf, type ResponsePath, type Tree } from './tree.ts';

/** The answer of an operation as it grows. */
export interface Answer {
  data: Tree;
  merger: Merger;
  errors: ErrorList;
  /** Objects whose entity a subgraph does not have, or does not show; that is an answer and no error. */
  missing: Set<Tree>;
  /** Entities whose keys were renamed. */
  rewritten: WeakSet<Tree>;
}

/** An error of an object stands at each of its places. */
export function addErrors(
  run: Answer,
  fetch: Fetch,
  objects: readonly Tree[],
  error: GraphQLFormattedError,
  rest: ResponsePath,
): void {
  const places = placesOf(new Set(objects), run.data, fetch.path, MAX_ERRORS);
  const firstList = fetch.path.indexOf('@');
  if (places.length === 0) places.push(firstList < 0 ? fetch.path : fetch.path.slice(0, firstList));
  for (const place of places) run.errors.add(error, clientPath([...place, ...restOf(fetch, rest)]), fetch.service);
}

/** Takes the entities that stand at these indexes of a reply; with `share`, other places get the same parts. */
export function takeEntities(
  run: Answer,
  fetch: Fetch,
  wanted: Wanted,
  indexes: readonly number[],
  reply: PartReply,
  share: boolean,
): void {
  const errors = reply.entities
    ? (reply.errors ?? [])
    : failureOf({ ...(reply.errors ? { errors: reply.errors } : {}) });
  const failed = new Set(errors.map(({ path }) => path?.[1]));
  for (const [position, index] of indexes.entries()) {
    const objects = wanted.objects[position] as Tree[];
    const entity = reply.entities?.[index];
    if (entity) takeEntity(run, fetch, objects, entity, share);
    else if (reply.entities && !failed.has(index)) for (const object of objects) run.missing.add(object);
  }
  for (const error of errors) {
    const [, index, ...rest] = error.path ?? [];
    const position = typeof index === 'number' ? indexes.indexOf(index) : -1;
    if (typeof index !== 'number') addErrors(run, fetch, wanted.objects.flat(), error, []);
    else if (position >= 0) addErrors(run, fetch, wanted.objects[position] as Tree[], error, rest);
  }
}

function takeEntity(run: Answer, fetch: Fetch, objects: readonly Tree[], entity: Tree, share: boolean): void {
  if (fetch.rewriteOutput && !run.rewritten.has(entity)) {
    fetch.rewriteOutput(entity);
    run.rewritten.add(entity);
  }
  for (const object of objects) {
    const { __typename: known } = object;
    run.merger.into(object, entity, share || objects.length > 1);
    // A subgraph that knows an interface as an object type answers with the interface's name, which says less.
    const { __typename: told } = object;
    if (told !== known && typeof known === 'string' && !fetch.subtypes(known).has(String(told)))
      object.__typename = known;
  }
}
