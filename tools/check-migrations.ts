// A fresh database made by the migrations must be the one that the entities describe.
import type { OrmDefinition } from '../kernel/src/db/orm.ts';
import { onMigratedDatabase, ormDefinitions, withServer } from './migration-databases.ts';

/** SQL that would still be needed after every migration ran; empty where migrations and entities agree. */
async function missingSql(definition: OrmDefinition): Promise<string> {
  // Tables of the kernel (outbox, inbox, migration) have no entity, so nothing is dropped for want of one.
  return onMigratedDatabase(definition, (orm) => orm.schema.getUpdateSchemaSQL({ wrap: false, dropTables: false }));
}

await withServer(async () => {
  for (const definition of await ormDefinitions()) {
    const sql = (await missingSql(definition)).trim();
    if (sql === '') continue;
    console.error(`${definition.name}: entities ask for what no migration makes\n${sql}`);
    console.error(`Run \`npm run migrations:create -- ${definition.name} <what-changes>\`.`);
    process.exitCode = 1;
  }
});
