import type { PlanNode } from '@apollo/query-planner';
import type { GraphReply } from '@polity/kernel/graph/transport';
import type { GraphQLFormattedError } from 'graphql';
import { type Part, type PartReply, partOf, requestOf } from './batch.ts';
import type { Call } from './call.ts';
import { type ErrorList, MAX_ERRORS } from './errors.ts';
import { compileFetch, type Fetch, failureOf, restOf, UnknownPlan } from './fetch.ts';
import type { Merger } from './merge.ts';
import type { Wanted } from './representations.ts';
import type { Subtypes } from './subtypes.ts';
import { objectsAt, type PlanPath, placesOf, type ResponsePath, type Tree } from './tree.ts';

type Variables = Record<string, unknown>;

/** An entity fetch that is ready to be sent. */
interface Waiting {
  fetch: Fetch;
  wanted: Wanted;
  done(): void;
}

/** One run of a plan. */
export interface Run {
  data: Tree;
  merger: Merger;
  errors: ErrorList;
  /** Objects whose entity a subgraph does not have, or does not show; that is an answer and no error. */
  missing: Set<Tree>;
  /** What the client sent. */
  variables: Variables;
  call(call: Call): Promise<GraphReply>;
  /** Entity fetches by subgraph that became ready since the last were sent. */
  waiting: Map<string, Waiting[]>;
  fail(error: unknown): void;
}

/** A part of a plan. It calls `done` once, at once or later. */
export type Step = (run: Run, done: () => void) => void;

function sequence(steps: readonly Step[]): Step {
  return (run, done) => {
    const from = (index: number): void => {
      const step = steps[index];
      if (step) step(run, () => from(index + 1));
      else done();
    };
    from(0);
  };
}

function parallel(steps: readonly Step[]): Step {
  return (run, done) => {
    let open = steps.length;
    if (open === 0) return done();
    const oneDone = () => {
      if (--open === 0) done();
    };
    for (const step of steps) step(run, oneDone);
  };
}

/** Compiles a plan, or a part of it at `path`. Throws UnknownPlan. */
export function compileStep(node: PlanNode, path: PlanPath, subtypes: Subtypes): Step {
  const inner = (part: PlanNode) => compileStep(part, path, subtypes);
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map(inner));
    case 'Parallel':
      return parallel(node.nodes.map(inner));
    case 'Flatten':
      return compileStep(node.node, [...path, ...node.path.map(String)], subtypes);
    case 'Fetch': {
      const fetch = compileFetch(node, path, subtypes);
      return fetch.wanted ? entityStep(fetch, fetch.wanted) : rootStep(fetch);
    }
    default:
      throw new UnknownPlan(node.kind);
  }
}

/** Starts a plan; resolves when every part of it is done. */
export function runPlan(step: Step, run: Omit<Run, 'fail' | 'waiting'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const running: Run = { ...run, waiting: new Map(), fail: reject };
    guarded(running, () => step(running, resolve));
  });
}

/** Goes on with a run, then sends what became ready by that: fetches that can travel together do. */
function guarded(run: Run, work: () => void): void {
  try {
    work();
    const ready = [...run.waiting];
    run.waiting.clear();
    for (const [service, waiting] of ready) send(run, service, waiting);
  } catch (error) {
    run.fail(error);
  }
}

function givenVariables({ variables }: Run, names: readonly string[]): Variables {
  const given: Variables = {};
  for (const name of names)
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) given[name] = variables[name];
  return given;
}

function rootStep(fetch: Fetch): Step {
  return (run, done) => {
    const targets = objectsAt(run.data, fetch.path);
    if (targets.length === 0) return done();
    void askRoots(run, fetch).then((reply) =>
      guarded(run, () => {
        takeRoots(run, fetch, targets, reply);
        done();
      }),
    );
  };
}

async function askRoots(run: Run, { service, operation, oneByOne, variables }: Fetch): Promise<GraphReply> {
  const replies: GraphReply[] = [];
  for (const { query, document, kind, rootKeys } of oneByOne ?? [operation]) {
    const request = { query, document, variables: givenVariables(run, variables) };
    const reply = await run.call({ service, request, kind, rootKeys });
    replies.push(reply.data ? reply : { ...reply, errors: atEachKey(reply, rootKeys) });
  }
  const data: Tree = Object.assign({}, ...replies.map((reply) => reply.data));
  return { data, errors: replies.flatMap(({ errors = [] }) => errors) };
}

/** The errors of a reply without data, so that each of its root fields has one. */
function atEachKey(reply: GraphReply, rootKeys: readonly string[]): readonly GraphQLFormattedError[] {
  const errors = failureOf(reply);
  const placed = errors.filter(({ path }) => path);
  const told = new Set(placed.map(({ path }) => path?.[0]));
  const [reason] = [...errors.filter(({ path }) => !path), ...errors];
  const others = rootKeys.filter((key) => !told.has(key));
  return [...placed, ...others.map((key) => ({ ...(reason as GraphQLFormattedError), path: [key] }))];
}

function takeRoots(run: Run, fetch: Fetch, targets: readonly Tree[], { data, errors = [] }: GraphReply): void {
  if (data) {
    fetch.rewriteOutput?.(data);
    for (const target of targets) run.merger.into(target, data, targets.length > 1);
  }
  for (const error of errors) addErrors(run, fetch, targets, error, error.path ?? []);
}

/** An error of an object stands at each of its places. */
function addErrors(
  run: Run,
  fetch: Fetch,
  objects: readonly Tree[],
  error: GraphQLFormattedError,
  rest: ResponsePath,
): void {
  const places = placesOf(new Set(objects), run.data, fetch.path, MAX_ERRORS);
  const firstList = fetch.path.indexOf('@');
  if (places.length === 0) places.push(firstList < 0 ? fetch.path : fetch.path.slice(0, firstList));
  for (const place of places) run.errors.add(error, [...place, ...restOf(fetch, rest)], fetch.service);
}

function entityStep(fetch: Fetch, wantedOf: (sources: readonly Tree[]) => Wanted): Step {
  return (run, done) => {
    const wanted = wantedOf(objectsAt(run.data, fetch.path));
    if (wanted.representations.length === 0) return done();
    const waiting = run.waiting.get(fetch.service) ?? [];
    run.waiting.set(fetch.service, waiting);
    waiting.push({ fetch, wanted, done });
  };
}

/** Fetches of equal text, which ask for their entities together; `indexes` says where each fetch finds its own. */
interface Group extends Part {
  representations: Tree[];
  members: { waiting: Waiting; indexes: number[] }[];
}

function groupsOf(waiting: readonly Waiting[]): Group[] {
  const groups = new Map<string, { group: Group; places: Map<string, number> }>();
  for (const each of waiting) {
    const { operation } = each.fetch;
    const known = groups.get(operation.query) ?? {
      group: { operation, representations: [], members: [] },
      places: new Map<string, number>(),
    };
    groups.set(operation.query, known);
    const { group, places } = known;
    const indexes = each.wanted.keys.map((key, index) => {
      const place = places.get(key) ?? places.size;
      if (place === places.size) {
        places.set(key, place);
        group.representations.push(each.wanted.representations[index] as Tree);
      }
      return place;
    });
    group.members.push({ waiting: each, indexes });
  }
  return [...groups.values()].map(({ group }) => group);
}

function send(run: Run, service: string, waiting: readonly Waiting[]): void {
  const groups = groupsOf(waiting);
  const names = new Set(waiting.flatMap(({ fetch }) => fetch.variables));
  const { operation, request, keys } = requestOf(groups, givenVariables(run, [...names]));
  void run.call({ service, request, kind: operation.kind, rootKeys: operation.rootKeys }).then((reply) =>
    guarded(run, () => {
      for (const [index, group] of groups.entries()) {
        const part = partOf(reply, keys[index] as string, group.representations.length);
        for (const member of group.members) takeEntities(run, member, part, group.members.length > 1);
      }
      for (const { done } of waiting) done();
    }),
  );
}

function takeEntities(
  run: Run,
  { waiting, indexes }: Group['members'][number],
  reply: PartReply,
  share: boolean,
): void {
  const { fetch, wanted } = waiting;
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

function takeEntity(run: Run, fetch: Fetch, objects: readonly Tree[], entity: Tree, share: boolean): void {
  fetch.rewriteOutput?.(entity);
  for (const object of objects) {
    const { __typename: known } = object;
    run.merger.into(object, entity, share || objects.length > 1);
    // A subgraph that knows an interface as an object type answers with the interface's name, which says less.
    if (typeof known === 'string' && !fetch.subtypes(known).has(String(object.__typename))) object.__typename = known;
  }
}
