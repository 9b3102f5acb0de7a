// With `--published` a running gateway also says whether it would serve what was composed: it holds it to all that clients published there.
// Composes every subgraph into schema/supergraph.graphql and schema/routes.json (for the gateway) and schema/api.graphql (what clients see), and what they
// publish into schema/events.json and docs/events.md.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { runCommand } from '@polity/kernel/process/command';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { registry } from '../subgraphs/registry.ts';
import { writeOrCheck } from './drift.ts';
import { catalogueOf, type EventCatalogue, problemsOfEvents } from './event-catalogue.ts';
import { breakingChanges } from './event-changes.ts';
import { eventPage } from './event-page.ts';
import { declaredCodes, problemsOfGuards } from './guards.ts';
import { installationKey } from './installation-key.ts';
import { problemsOfRoutes, routesOf } from './public-routes.ts';
import { brokenOperations } from './released-operations.ts';
import { commonSdl, listSubgraphs, root } from './subgraph-list.ts';
import { checkSupergraph } from './supergraph-command.ts';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, published: { type: 'boolean' }, url: { type: 'string' } },
});
const folders = listSubgraphs();
const services = folders.map(({ name, sdl }) => ({
  name,
  // Never fetched: the gateway finds a subgraph by its name. Composition only wants a valid URL.
  url: `http://${name}.internal/graphql`,
  typeDefs: parse(`${sdl}\n${commonSdl}`),
}));

function refuse(problems: readonly string[]): never {
  for (const problem of problems) console.error(`composition: ${problem}\n`);
  process.exit(1);
}

const guarded = services.map(({ name, typeDefs }) => ({ name, document: typeDefs }));
const unguarded = problemsOfGuards(guarded, await declaredCodes(folders));
if (unguarded.length > 0) refuse(unguarded);
const misplaced = problemsOfRoutes(guarded);
if (misplaced.length > 0) refuse(misplaced);

const result = composeServices(services);
if (result.errors) refuse(result.errors.map(({ message }) => message));

const apiSchema = result.schema.toAPISchema().toGraphQLJSSchema();
// A client that was shipped goes on sending what was published for it.
const broken = brokenOperations(apiSchema, join(root, 'schema/operations'));
if (broken.length > 0)
  refuse(broken.map((problem) => `the graph breaks a published operation, schema/operations/${problem}`));

const subgraphs = await Promise.all(registry.map(({ load }) => load()));
const events = catalogueOf(subgraphs, result.supergraphSdl);
const wrong = problemsOfEvents(events, subgraphs, result.supergraphSdl);
if (wrong.length > 0) refuse(wrong);
// What is committed is what consumers were told: whoever takes an event goes on taking it.
const eventsFile = join(root, 'schema/events.json');
const committed = existsSync(eventsFile) ? (JSON.parse(readFileSync(eventsFile, 'utf8')) as EventCatalogue) : {};
const breaking = breakingChanges(committed, events);
if (breaking.length > 0)
  refuse([
    ...breaking.map((problem) => `${problem}, which breaks those who take it`),
    'Publish a new type (`….v2`) beside the old one, and deprecate that. What no release had yet may be taken out of schema/events.json first.',
  ]);

writeOrCheck(
  [
    { path: eventsFile, content: `${JSON.stringify(events, null, 2)}\n` },
    { path: join(root, 'docs/events.md'), content: eventPage(events) },
    { path: join(root, 'schema/supergraph.graphql'), content: `${result.supergraphSdl.trim()}\n` },
    { path: join(root, 'schema/routes.json'), content: `${JSON.stringify(routesOf(guarded), null, 2)}\n` },
    { path: join(root, 'schema/api.graphql'), content: `${printSchema(lexicographicSortSchema(apiSchema))}\n` },
  ],
  'compose',
);

if (values.published)
  runCommand('compose', async () => {
    const env = readEnv(platformEnv, processEnv, 'compose');
    const url = values.url ?? `http://localhost:${env.OPS_PORT}`;
    console.log(await checkSupergraph(`${result.supergraphSdl.trim()}\n`, url, await installationKey(env)));
  });
