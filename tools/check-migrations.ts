// A database made by the migrations must be the one that the entities describe; PostgreSQL compares, so spelling does not matter.
import type { OrmDefinition } from '../kernel/src/db/orm.ts';
import { type DatabaseShape, databaseShape, shortcomings } from './database-shape.ts';
import { onEmptyDatabase, onMigratedDatabase, withServer } from './migration-databases.ts';
import { ormDefinitions } from './orm-definitions.ts';

function shapeOfEntities(definition: OrmDefinition): Promise<DatabaseShape> {
  return onEmptyDatabase(definition, async (orm) => {
    await orm.schema.create();
    return databaseShape(orm);
  });
}

await withServer(async () => {
  for (const definition of await ormDefinitions()) {
    const problems = shortcomings(
      await onMigratedDatabase(definition, databaseShape),
      await shapeOfEntities(definition),
    );
    if (problems.length === 0) continue;
    console.error(problems.map((problem) => `${definition.name}: ${problem}`).join('\n'));
    console.error(`Run \`npm run migrations:create -- ${definition.name} <what-changes>\`.`);
    process.exitCode = 1;
  }
});
