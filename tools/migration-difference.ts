import type { OrmDefinition } from '../kernel/src/db/orm.ts';
import { type DatabaseShape, databaseShape } from './database-shape.ts';
import { type Orm, onEmptyDatabase, onMigratedDatabase } from './migration-databases.ts';
import { ofEntities } from './migration-text.ts';

const lines = (sql: string) => sql.split('\n').filter((line) => line.trim() !== '');

/** The shape of a database that is made by the entities alone. */
export function shapeOfEntities(definition: OrmDefinition): Promise<DatabaseShape> {
  return onEmptyDatabase(definition, async (orm) => {
    await orm.schema.create();
    return databaseShape(orm);
  });
}

/** What separates the migrated database of a subgraph from what its entities say, as statements; made by hand stays. */
export async function migrationDifference(definition: OrmDefinition) {
  const wanted = await shapeOfEntities(definition);
  return onMigratedDatabase(definition, async (orm: Orm) => {
    const { rest } = await databaseShape(orm);
    const { up, down } = await orm.schema.getUpdateSchemaMigrationSQL({ wrap: false });
    const differs = (table: string, policy: string) => {
      const fact = `${table}: policy ${policy}`;
      return rest.get(fact) !== wanted.rest.get(fact);
    };
    return ofEntities({ up: lines(up), down: lines(down) }, { tables: wanted.tables, differs });
  });
}
