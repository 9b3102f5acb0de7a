import { readFileSync } from 'node:fs';
import { getNamedType, isNonNullType } from 'graphql';
import type { Answer, Browser } from '../../gateway/test/browser.ts';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';
import { type Random, randomOf } from '../crash/random.ts';
import { type ArguedField, arguedFields, asking, leavesOf, type Sample, sampleOf } from './graph-arguments.ts';
import { brokenCursors, hostileValues } from './hostile.ts';
import { apiSchema, asLiteral, type Pool, poolOf, samples, typeOfId } from './pool.ts';

// ATTACK_SECONDS=600 SEED=anything tries everything everywhere for so long; without it each place gets a few values.
const SECONDS = Number(process.env.ATTACK_SECONDS ?? 0);
const SEED = process.env.SEED ?? 'polity';
const VALUES_EACH = 3;
const AT_ONCE = 4;
/** Operations after which everybody signs in again, an hour later, so that no limit of an hour and no old sign-in hides what lies behind. */
const CHUNK = 200;
const HOUR_MS = 3_600_000;

/** Codes by which the service says that the fault is its own. */
const FAULTS: ReadonlySet<unknown> = new Set([
  undefined,
  'INTERNAL_ERROR',
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
  'SUBGRAPH_UNAVAILABLE',
]);
const KNOWN = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** One wrong value at one place of the arguments of one field. */
interface Case {
  argued: ArguedField;
  path: readonly string[];
  value: unknown;
}

const fieldOf = ({ path }: ArguedField) => (path.at(-1) as ArguedField['path'][number]).field;
const shown = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 80);
const selectionOf = (argued: ArguedField) =>
  getNamedType(fieldOf(argued).type).name.endsWith('Connection')
    ? 'edges { cursor } pageInfo { endCursor }'
    : '__typename';

/** Arguments whose samples would contradict others; they are sent only where they are what is tried. */
const APART = new Set(['slug', 'after', 'before', 'last', 'atLeast']);

let at: GatewayWorld;
let pool: Pool;
let sample: Sample;
let viewers: Browser[];
beforeAll(async () => {
  at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0' } } });
  pool = await poolOf(await at.person('admin'));
  sample = samples(pool);
});
afterAll(() => at.close());

async function signInAgain(): Promise<void> {
  at.world.clock.advance(HOUR_MS);
  viewers = [at.browser(), await at.person('alice'), await at.person('admin'), await at.person('root')];
}

async function realCursor(argued: ArguedField): Promise<string | null> {
  const { query, variables } = asking(argued, valuesOf({ argued, path: [], value: null }), {
    sample,
    selection: selectionOf(argued),
  });
  const { text } = await (viewers[2] as Browser).ask(query, variables);
  return /"cursor":"([^"]+)"/.exec(text)?.[1] ?? null;
}

function valuesOf({ argued, path, value }: Case): Record<string, unknown> {
  const field = fieldOf(argued);
  const wanted = path.join('.');
  const values: Record<string, unknown> = {};
  for (const { name, type } of field.args) {
    if (APART.has(name) && !wanted.startsWith(name) && !isNonNullType(type)) continue;
    values[name] = sampleOf(type, { field, path: [name] }, sample);
  }
  if (path.length > 0) put(values, path, value);
  return values;
}

function put(into: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  const inner = into[name];
  if (rest.length === 0) into[name] = value;
  else put((Array.isArray(inner) ? inner[0] : inner) as Record<string, unknown>, rest, value);
}

/** A tenant with another slug would be missing from then on, for everybody. */
const renames = ({ coordinate }: ArguedField, path: readonly string[], value: unknown) =>
  coordinate === 'Mutation.updateTenant' && path.at(-1) === 'slug' && /^ ?[a-z0-9-]{1,40} ?$/i.test(String(value));

async function casesOf(argued: ArguedField): Promise<Case[][]> {
  const field = fieldOf(argued);
  const cursors = field.args.some(({ name }) => name === 'after') ? brokenCursors(await realCursor(argued)) : [];
  return leavesOf(field).map(({ path, type }) => {
    const own = typeOfId(pool, field, path);
    const isCursor = ['after', 'before', 'since'].includes(path.at(-1) ?? '');
    const values = hostileValues(type, pool, own, isCursor ? cursors : []);
    return values.filter((value) => !renames(argued, path, value)).map((value) => ({ argued, path, value }));
  });
}

/** What is wrong with the answer; null for a good one. */
function fault({ status, codes, data, errors, text }: Answer): string | null {
  if (status >= 500) return `status ${status}: ${text.slice(0, 200)}`;
  const wrong = codes.find((code) => FAULTS.has(code) || !KNOWN.includes(`\`${code}\``));
  if (codes.length > 0 && (wrong !== undefined || codes.includes(undefined)))
    return `${wrong}: ${JSON.stringify(errors[0]).slice(0, 300)}`;
  if (data === undefined && errors.length === 0) return `no answer: ${text.slice(0, 200)}`;
  return data?.sibling === null ? `a sibling is missing: ${text.slice(0, 200)}` : null;
}

async function tryOne(each: Case, viewer: Browser, literal: boolean): Promise<string | null> {
  const beside = each.argued.operation === 'query' ? 'sibling: tenant { id }' : '';
  const how = { sample, selection: selectionOf(each.argued), beside, ...(literal ? { literal: asLiteral } : {}) };
  const { query, variables } = asking(each.argued, valuesOf(each), how);
  const first = fault(await viewer.ask(query, variables));
  // A machine that does other work may be late once.
  const found = first?.startsWith('SUBGRAPH_UNAVAILABLE') ? fault(await viewer.ask(query, variables)) : first;
  return (
    found &&
    `${each.argued.coordinate}(${each.path.join('.')}: ${shown(each.value)}) ${literal ? 'literal' : 'variable'} as ${viewers.indexOf(viewer)}: ${found}`
  );
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const sorted = items.map((item) => [random.next(), item] as const).sort(([a], [b]) => a - b);
  return sorted.map(([, item]) => item);
}

it(
  'answers coded errors to whatever stands in any argument of the graph',
  async () => {
    const random = randomOf(SEED, 'fuzz');
    await signInAgain();
    const places: Case[][] = [];
    for (const argued of arguedFields(apiSchema())) places.push(...(await casesOf(argued)));
    expect(places.length).toBeGreaterThan(200);
    const each = SECONDS > 0 ? Number.POSITIVE_INFINITY : VALUES_EACH;
    const cases = shuffled(
      places.flatMap((place) => shuffled(place, random).slice(0, each)),
      random,
    );
    const until = performance.now() + SECONDS * 1_000;
    const faults: string[] = [];
    let tried = 0;
    do {
      for (let start = 0; start < cases.length && (SECONDS === 0 || performance.now() < until); start += CHUNK) {
        await signInAgain();
        const chunk = cases.slice(start, start + CHUNK);
        const worker = async () => {
          for (let next = chunk.pop(); next; next = chunk.pop()) {
            const found = await tryOne(next, random.pick(viewers) as Browser, random.chance(0.3));
            tried++;
            if (found) faults.push(found);
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, worker));
      }
    } while (performance.now() < until);
    if (SECONDS > 0) process.stdout.write(`fuzz: ${tried} operations over ${places.length} places, seed ${SEED}\n`);
    expect(faults).toEqual([]);
  },
  120_000 + SECONDS * 2_000,
);
