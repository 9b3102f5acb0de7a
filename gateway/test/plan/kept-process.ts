// What stays in the heap after documents were read and planned: run with --expose-gc by `kept.test.ts`, in a process that does nothing else.
import '../../src/plan/planner-patch.ts';
import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { installScalars } from '@polity/kernel/graph/scalars';
import { getOperationAST } from 'graphql';
import { documentReader } from '../../src/documents/read.ts';
import { PLANNER } from '../../src/graph/build.ts';
import { planExecutor } from '../../src/plan/executor.ts';
import { declaredCosts } from '../../src/shield/cost.ts';
import { declaredGuards } from '../../src/shield/declared.ts';
import { makeShield } from '../../src/shield/enforce.ts';
import { trivialRules } from '../../src/shield/rules.ts';

const supergraphSdl = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const planner = new QueryPlanner(Supergraph.build(supergraphSdl), PLANNER as never);
const apiSchema = planner.supergraph.apiSchema().toGraphQLJSSchema();
installScalars(apiSchema);
const { table } = declaredGuards(apiSchema, supergraphSdl);
const shield = makeShield(apiSchema, table, trivialRules, declaredCosts(supergraphSdl));
const reader = documentReader(apiSchema);
const away = { execute: () => Promise.reject(new Error('nobody is there')), close: async () => undefined };
const execute = planExecutor({ planner, apiSchema, supergraphSdl, transport: away });
const log = { warn() {}, error() {} };

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const KINDS: Record<string, (run: string) => string> = {
  'a fragment for each component': (run) =>
    `query R${run} { ${times(120, (i) => `...F${i}`)} } ${times(120, (i) => `fragment F${i} on Query { tenant { id name slug } me { id username } }`)}`,
  'a page 15 times': (run) =>
    `{ ${times(15, (i) => `a${i}: posts(first: 1) { edges { node { r${run}: id title author { id displayName } scope { ... on Tenant { slug } ... on Community { slug tenant { slug } } } } } }`)} }`,
};

/** As the gateway does: read, weighed, planned and run, with nobody there who would answer. */
async function ask(text: string): Promise<void> {
  const reading = reader.read(text);
  if (!('document' in reading)) throw new Error(reading.problems.map(({ message }) => message).join());
  const { document, hash: queryHash } = reading;
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  shield.cost(document, operation, {});
  const context = { operation: { fetches: {}, notes: {}, received: 0, owe() {}, request: { requestId: 'kept' }, log } };
  await execute({ document, operation, queryHash, request: { variables: {} }, context } as never, {});
}

/** Bytes of the heap after all garbage is collected. */
function heap(): number {
  const { gc } = globalThis as { gc?: () => void };
  for (let time = 0; time < 3; time++) gc?.();
  return process.memoryUsage().heapUsed;
}

/** Bytes that stay after so many documents, each asked so often. */
async function kept(kind: string, documents: number, often: number): Promise<number> {
  const make = KINDS[kind] as (run: string) => string;
  const before = heap();
  for (let run = 0; run < documents; run++) for (let time = 0; time < often; time++) await ask(make(`${often}_${run}`));
  return heap() - before;
}

const found: Record<string, { once: number; twice: number }> = {};
for (const [kind, make] of Object.entries(KINDS)) {
  for (let run = 0; run < 20; run++) await ask(make(`first_${run}`));
  found[kind] = { once: await kept(kind, 150, 1), twice: await kept(kind, 200, 2) };
}
process.send?.(found);
