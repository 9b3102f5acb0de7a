import type { PlanNode } from '@apollo/query-planner';
import type { GraphReply } from '@polity/kernel/graph/transport';
import type { GraphQLFormattedError } from 'graphql';
import { Asked, type Question } from './asked.ts';
import { type Part, partOf, requestOf, written } from './batch.ts';
import type { Call } from './call.ts';
import { compileFetch, type Fetch, failureOf, UnknownPlan } from './fetch.ts';
import { type RequiredFields, RequiredOnce } from './keys.ts';
import type { Wanted } from './representations.ts';
import type { Subtypes } from './subtypes.ts';
import { type Answer, addErrors, takeEntities } from './take.ts';
import { objectsAt, type PlanPath, type Tree } from './tree.ts';

type Variables = Record<string, unknown>;

/** An entity fetch that is ready to be sent. */
interface Waiting {
  fetch: Fetch;
  wanted: Wanted;
  /** For fetches that ask for the same later; null where there are none. */
  question: Question | null;
  done(): void;
}

/** One run of a plan. */
export interface Run extends Answer {
  /** What the client sent. */
  variables: Variables;
  call(call: Call): Promise<GraphReply>;
  /** Entity fetches by subgraph that became ready since the last were sent. */
  waiting: Map<string, Waiting[]>;
  /** Null for an operation that changes something: what it reads twice may differ. */
  asked: Asked | null;
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

/** Compiles a plan. Throws UnknownPlan. */
export function compilePlan(node: PlanNode, subtypes: Subtypes, required: RequiredFields): Step {
  return compileStep(node, [], { subtypes, times: new Map(), required: new RequiredOnce(required) });
}

interface Walk {
  subtypes: Subtypes;
  /** How often the plan has each fetch, by its identity. */
  times: Map<string, number>;
  required: RequiredOnce;
}

function compileStep(node: PlanNode, path: PlanPath, walk: Walk): Step {
  const inner = (part: PlanNode) => compileStep(part, path, walk);
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map(inner));
    case 'Parallel':
      return parallel(node.nodes.map(inner));
    case 'Flatten':
      return compileStep(node.node, [...path, ...node.path.map(String)], walk);
    case 'Fetch': {
      const fetch = compileFetch(node, path, walk.subtypes);
      if (!fetch.wanted) return rootStep(fetch);
      const conflict = walk.required.conflict(fetch.operation.definition, path.join());
      if (conflict) throw new UnknownPlan(`fields that require ${conflict} with different arguments`);
      walk.times.set(fetch.identity, (walk.times.get(fetch.identity) ?? 0) + 1);
      return entityStep(fetch, fetch.wanted, walk.times);
    }
    default:
      throw new UnknownPlan(node.kind);
  }
}

type Started = Omit<Run, 'fail' | 'waiting' | 'asked' | 'rewritten'> & {
  /** Whether the operation only reads. */
  reads: boolean;
};

/** Starts a plan; resolves when every part of it is done. */
export function runPlan(step: Step, { reads, ...run }: Started): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = reads ? new Asked() : null;
    const running: Run = { ...run, waiting: new Map(), asked, rewritten: new WeakSet(), fail: reject };
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
  for (const each of oneByOne ?? [operation]) {
    const { kind, rootKeys } = each;
    const request = written(each, givenVariables(run, variables));
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

function entityStep(
  fetch: Fetch,
  wantedOf: (sources: readonly Tree[]) => Wanted,
  times: ReadonlyMap<string, number>,
): Step {
  return (run, done) => {
    const wanted = wantedOf(objectsAt(run.data, fetch.path));
    if (wanted.representations.length === 0) return done();
    if (!run.asked || times.get(fetch.identity) === 1) return wait(run, { fetch, wanted, question: null, done });
    takeAndWait(run, run.asked, { fetch, wanted, done });
  };
}

function wait(run: Run, waiting: Waiting): void {
  const { service } = waiting.fetch;
  const others = run.waiting.get(service);
  if (others) others.push(waiting);
  else run.waiting.set(service, [waiting]);
}

/** Asks for what no fetch like this one asked for before, and takes the rest from their answers. */
function takeAndWait(run: Run, asked: Asked, { fetch, wanted, done }: Omit<Waiting, 'question'>): void {
  const { fresh, question, earlier } = asked.part(fetch.identity, wanted);
  let open = earlier.size + (fresh.keys.length > 0 ? 1 : 0);
  const oneDone = () => {
    if (--open === 0) done();
  };
  if (fresh.keys.length > 0) wait(run, { fetch, wanted: fresh, question, done: oneDone });
  for (const [before, part] of earlier)
    before.when(({ reply, indexes }) => {
      const own = part.positions.map((position) => indexes[position] as number);
      takeEntities(run, fetch, part.wanted, own, reply, true);
      oneDone();
    });
}

/** Fetches of equal text, which ask for their entities together; `indexes` says where each fetch finds its own. */
interface Group extends Part {
  representations: Tree[];
  keys: string[];
  members: { waiting: Waiting; indexes: number[] }[];
}

function groupsOf(waiting: readonly Waiting[]): Group[] {
  const [first, ...more] = waiting as [Waiting, ...Waiting[]];
  if (more.length === 0) {
    const { representations, keys } = first.wanted;
    const members = [{ waiting: first, indexes: [...keys.keys()] }];
    return [{ operation: first.fetch.operation, representations, keys, members }];
  }
  const groups = new Map<string, { group: Group; places: Map<string, number> }>();
  for (const each of waiting) {
    const { operation, identity } = each.fetch;
    const known = groups.get(identity) ?? {
      group: { operation, representations: [], keys: [], members: [] },
      places: new Map<string, number>(),
    };
    groups.set(identity, known);
    const { group, places } = known;
    const indexes = each.wanted.keys.map((key, index) => {
      const place = places.get(key) ?? places.size;
      if (place === places.size) {
        places.set(key, place);
        group.representations.push(each.wanted.representations[index] as Tree);
        group.keys.push(key);
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
        for (const { waiting: each, indexes } of group.members) {
          const share = each.question !== null || group.members.length > 1;
          takeEntities(run, each.fetch, each.wanted, indexes, part, share);
          each.question?.answer({ reply: part, indexes });
        }
      }
      for (const { done } of waiting) done();
    }),
  );
}
