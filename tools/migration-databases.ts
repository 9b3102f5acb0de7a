import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, type OrmDefinition, openOrm } from '../kernel/src/db/orm.ts';
import { createTemplate, databaseFromTemplate, startTestServer } from '../kernel/src/testing/postgres.ts';
import { listSubgraphs } from './subgraph-list.ts';

type Orm = Awaited<ReturnType<typeof openOrm>>;

/** `orm` of each subgraph that has an `orm.config.ts`. */
export async function ormDefinitions(): Promise<OrmDefinition[]> {
  const paths = listSubgraphs().map(({ dir }) => join(dir, 'orm.config.ts'));
  const modules = paths.filter((path) => existsSync(path)).map((path) => import(pathToFileURL(path).href));
  return (await Promise.all(modules)).map((module: { orm: OrmDefinition }) => module.orm);
}

/** Runs `act` on a throw-away database that holds exactly what the migrations of one subgraph make. */
export async function onMigratedDatabase<Result>(
  definition: OrmDefinition,
  act: (orm: Orm) => Promise<Result>,
): Promise<Result> {
  const template = await createTemplate(definition.name, (ownerUrl) => migrate(definition, ownerUrl));
  const database = await databaseFromTemplate(template);
  const orm = await openOrm(definition, database.ownerUrl);
  try {
    return await act(orm);
  } finally {
    await orm.close(true);
    await database.drop();
  }
}

/** Starts a database server for the time of `act`. */
export async function withServer(act: () => Promise<void>): Promise<void> {
  const server = await startTestServer();
  try {
    await act();
  } finally {
    await server.stop();
  }
}
