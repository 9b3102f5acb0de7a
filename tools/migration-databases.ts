import { migrate } from '../kernel/src/db/migrate.ts';
import { type OrmDefinition, openOrm } from '../kernel/src/db/orm.ts';
import {
  createTemplate,
  databaseFromTemplate,
  startTestServer,
  type Template,
} from '../kernel/src/testing/postgres.ts';

export type Orm = Awaited<ReturnType<typeof openOrm>>;

async function onTemplate<Result>(
  definition: OrmDefinition,
  template: Template,
  act: (orm: Orm) => Promise<Result>,
): Promise<Result> {
  const database = await databaseFromTemplate(template);
  const orm = await openOrm(definition, database.ownerUrl, { prepare: false });
  try {
    return await act(orm);
  } finally {
    await orm.close(true);
    await database.drop();
  }
}

/** Runs `act` on a throw-away database that holds exactly what the migrations of one subgraph make. */
export async function onMigratedDatabase<Result>(
  definition: OrmDefinition,
  act: (orm: Orm) => Promise<Result>,
): Promise<Result> {
  const template = await createTemplate(definition.name, (ownerUrl) => migrate(definition, ownerUrl));
  return onTemplate(definition, template, act);
}

/** Runs `act` on a throw-away database without a table. */
export async function onEmptyDatabase<Result>(
  definition: OrmDefinition,
  act: (orm: Orm) => Promise<Result>,
): Promise<Result> {
  return onTemplate(definition, await createTemplate('empty', async () => undefined), act);
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
