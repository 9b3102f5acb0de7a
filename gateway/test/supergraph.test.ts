import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '@polity/kernel/graph/transport';
import { createLogger } from '@polity/kernel/log/logger';
import { type FieldDefinitionNode, type ObjectTypeDefinitionNode, parse, print, visit } from 'graphql';
import { type Supergraph, type SupergraphOptions, supergraph } from '../src/supergraph.ts';

const transport: Transport = { execute: async () => ({ data: {} }), close: async () => {} };
const real = await readFile(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const DELETE_TEAM = (where: string) => `@guard(who: PERSON, permission: "portal.team.delete", ${where})`;
const grown = real.replace(
  '  graphVersion: String @join',
  '  uncovered: String @join__field(graph: GATEWAY)\n  graphVersion: String @join',
);

/** The real graph with another guard at one type or field, or with none. */
function guarding(at: string, guard: string): string {
  const [typeName, fieldName] = at.split('.');
  let found = 0;
  const guarded = <Node extends FieldDefinitionNode | ObjectTypeDefinitionNode>(node: Node): Node => {
    const others = node.directives?.filter(({ name }) => name.value !== 'guard') ?? [];
    found += (node.directives?.length ?? 0) - others.length;
    const [next] = parse(`type T ${guard} { f: Int }`).definitions as [ObjectTypeDefinitionNode];
    return { ...node, directives: [...others, ...(next.directives ?? [])] };
  };
  const sdl = visit(parse(real), {
    ObjectTypeDefinition(type) {
      if (type.name.value !== typeName) return undefined;
      if (!fieldName) return guarded(type);
      return { ...type, fields: type.fields?.map((each) => (each.name.value === fieldName ? guarded(each) : each)) };
    },
  });
  if (found !== 1) throw new Error(`${at} has ${found} guards`);
  return print(sdl);
}

let folder: string;
let path: string;
let graph: Supergraph | undefined;
let logs: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-graph-'));
  path = join(folder, 'supergraph.graphql');
  await writeFile(path, real);
  logs = [];
});
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function load(more: Partial<SupergraphOptions> = {}): Promise<Supergraph> {
  const log = createLogger({
    service: 'gateway',
    level: 'info',
    stream: { write: (line: string) => void logs.push(line) },
  });
  graph = supergraph({ supergraphPath: path, transport, log, maxCost: 100, watch: true, ...more });
  graph.onSchemaLoadOrUpdate(() => undefined);
  await graph.load({ apollo: {} });
  return graph;
}

async function replace(sdl: string): Promise<void> {
  await writeFile(`${path}.new`, sdl);
  await rename(`${path}.new`, path);
}

/** Waits for a line of the log. A test that failed meanwhile does not keep its worker waiting. */
async function logged(text: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (logs.some((line) => line.includes(text))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`"${text}" was not logged.`);
}

it('does not start with a field that nobody guards', async () => {
  expect(grown).not.toBe(real);
  await writeFile(path, grown);
  await expect(load()).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('Query.uncovered'),
  });
});

it('takes a new graph when its file is replaced', async () => {
  const { version } = await load();
  const before = version();
  await replace(`${real}\n# changed\n`);
  await logged('the supergraph was reloaded');
  expect(version()).not.toBe(before);
});

it.each([
  ['is broken', 'type {'],
  ['has a field that nobody guards', grown],
  [
    'has a guard that names no argument of its field',
    guarding('Mutation.deleteTeam', DELETE_TEAM('scope: TEAM, at: "teamId"')),
  ],
  ['has a guard that cannot be read', guarding('Mutation.signOut', '@guard(who: ANYONE, at: "id")')],
  ['has a root field whose guard is gone', guarding('Mutation.signOut', '')],
  ['opens a root field', guarding('Query.auditLog', '@guard(who: ANYONE)')],
  ['asks for a permission at no scope any more', guarding('Mutation.deleteTeam', DELETE_TEAM(''))],
  ['lets access tokens into an account', guarding('User.email', '')],
  ['lets access tokens of any kind into an account', guarding('User.email', '@guard(who: ANYONE, token: ANY)')],
  ['opens a type', guarding('Role', '')],
  ['asks for no fresh session any more', guarding('Mutation.changeEmail', '@guard(who: SESSION)')],
])('keeps the old graph when the new one %s', async (_why, sdl) => {
  const { version } = await load();
  const before = version();
  await replace(sdl);
  await logged('the old one stays');
  expect(version()).toBe(before);
  await replace(`${real}\n# mended\n`);
  await logged('the supergraph was reloaded');
  expect(version()).not.toBe(before);
});

it('takes a graph that guards less where it was told so', async () => {
  const { version } = await load({ allowLooserGuards: true });
  const before = version();
  await replace(guarding('Query.auditLog', '@guard(who: ANYONE)'));
  await logged('the supergraph was reloaded');
  expect(version()).not.toBe(before);
});

it('takes a graph that guards more, and one without a field that was guarded', async () => {
  const { version } = await load();
  const before = version();
  const stricter = guarding('Mutation.signOut', '@guard(who: FRESH_SESSION)');
  const without = print(
    visit(parse(stricter), { FieldDefinition: ({ name }) => (name.value === 'auditExport' ? null : undefined) }),
  );
  expect(without).not.toContain('auditExport(');
  await replace(without);
  await logged('the supergraph was reloaded');
  expect(version()).not.toBe(before);
});

it('says which field guards less', async () => {
  await load();
  await replace(guarding('Query.auditLog', '@guard(who: ANYONE)'));
  await logged('Query.auditLog');
  expect(logs.join()).toContain('ALLOW_LOOSER_GUARDS');
});
