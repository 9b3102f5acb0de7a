import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { effectiveAccess } from '../../kernel/src/access/list.ts';
import { type AccessRows, type AccessSet, compileAccessSet } from '../../kernel/src/access/set.ts';
import { type Dataset, makeDataset } from './dataset.ts';
import { type Ask, type Engine, plainLoop, withoutReason, withReason } from './engines.ts';
import { casbin, casl, caslByType, cedar } from './peers.ts';

const engines: Engine[] = [withReason, withoutReason, plainLoop, casl, caslByType, casbin, cedar];
const SECONDS = 3;
const count = (n: number) => Math.round(n).toLocaleString('en-US');
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
const collect = () => (globalThis as { gc?: () => void }).gc?.();

/** Questions per CPU-second (CPU time, not wall time: the machine may be shared), and how many answers differ from the plain loop's. */
function measure(ask: Ask, expected: Uint8Array): { rate: number; wrong: number } {
  const rates: number[] = [];
  let wrong = 0;
  const end = performance.now() + SECONDS * 1000;
  while (rates.length < 4 || performance.now() < end) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    let asked = 0;
    while (asked < expected.length && (asked % 256 !== 0 || performance.now() - start < 1000)) {
      if ((ask(asked) ? 1 : 0) !== expected[asked]) wrong++;
      asked++;
    }
    const { user, system } = process.cpuUsage(cpu);
    rates.push((asked / (user + system)) * 1e6);
  }
  // The first passes are the compiler's.
  return { rate: median(rates.slice(2)), wrong };
}

async function expectedOf(data: Dataset): Promise<Uint8Array> {
  const ask = (await plainLoop.build(data)) as Ask;
  return Uint8Array.from(data.questions, (_, i) => (ask(i) ? 1 : 0));
}

async function runEngine(name: string, full: boolean): Promise<void> {
  const data = makeDataset(full);
  const ask = await engines.find((engine) => engine.name === name)?.build(data);
  if (!ask) return console.log(`  ${name}: not installed`);
  const { rate, wrong } = measure(ask, await expectedOf(data));
  console.log(`  ${name}: ${count(rate)} decisions per CPU-second, ${wrong} wrong`);
}

/** Bytes a cached set keeps alive, compiled from rows fresh off the wire; the tree, catalogue and roles are shared. */
function measureMemory({ users, catalogue, tree, nowMs }: Dataset): string {
  const wire = users.map((rows) => JSON.stringify(rows));
  const sets: AccessSet[] = new Array(users.length * 20);
  const used = () => {
    for (let i = 0; i < 4; i++) collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  compileAccessSet(JSON.parse(wire[0] as string) as AccessRows, catalogue, tree, nowMs);
  const before = used();
  for (let i = 0; i < sets.length; i++) {
    sets[i] = compileAccessSet(JSON.parse(wire[i % wire.length] as string) as AccessRows, catalogue, tree, nowMs);
  }
  const bytes = (used() - before) / sets.length;
  const bindings = users.reduce((sum, rows) => sum + rows.bindings.length, 0) / users.length;
  return `${count(bytes)} B at ${bindings.toFixed(1)} bindings (${sets.length} sets)`;
}

function measureOnce({ users, catalogue, tree, nowMs }: Dataset): {
  compileUs: number;
  effectiveMs: number;
  scopes: number;
} {
  const timed = (act: () => void) => {
    const cpu = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(cpu);
    return user + system;
  };
  const sets: AccessSet[] = [];
  const compileAll = () =>
    users.forEach((rows, i) => {
      sets[i] = compileAccessSet(rows, catalogue, tree, nowMs);
    });
  compileAll();
  const compileUs = timed(compileAll) / users.length;
  const listAll = () => sets.slice(0, 200).map((set) => effectiveAccess(set, nowMs).length);
  listAll();
  const effectiveMs = timed(listAll) / 200 / 1000;
  return { compileUs, effectiveMs, scopes: tree.refs.length };
}

function runSizes(full: boolean): void {
  const data = makeDataset(full);
  console.log(`  memory per cached set: ${measureMemory(data)}`);
  const { compileUs, effectiveMs, scopes } = measureOnce(data);
  console.log(`  compile one set: ${compileUs.toFixed(1)} us CPU`);
  console.log(`  effective access over ${scopes} scopes (500 teams): ${effectiveMs.toFixed(3)} ms CPU`);
}

/** Each engine in a process of its own, so that none inherits another's compiled code or garbage. */
function inChild(...args: string[]): void {
  spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' });
}

function runAll(): void {
  console.log(
    `node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(2)}`,
  );
  console.log('1,000 users, 100 communities of 5 teams, 12 roles, 48 permissions, 100,000 questions');
  for (const full of [false, true]) {
    console.log(full ? 'bindings, overrides, flags and expiry:' : 'bindings only:');
    for (const engine of engines) if (engine.full || !full) inChild(engine.name, String(full));
    inChild('sizes', String(full));
  }
}

const [name, full] = process.argv.slice(2);
if (name === undefined) runAll();
else if (name === 'sizes') runSizes(full === 'true');
else await runEngine(name, full === 'true');
