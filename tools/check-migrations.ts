// A database made by the migrations must be the one that the entities describe; PostgreSQL compares, so spelling does not matter.
import { databaseShape, shortcomings } from './database-shape.ts';
import { onMigratedDatabase, withServer } from './migration-databases.ts';
import { shapeOfEntities } from './migration-difference.ts';
import { ormDefinitions } from './orm-definitions.ts';

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
