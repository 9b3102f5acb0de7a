// npm run migrations:create -- <subgraph> <what-changes>: writes the migration from what is migrated to what entities say.
import { onMigratedDatabase, withServer } from './migration-databases.ts';
import { ormDefinitions } from './orm-definitions.ts';

const [name, purpose] = process.argv.slice(2);
const definition = (await ormDefinitions()).find((each) => each.name === name);
if (!definition || !purpose) {
  console.error('usage: npm run migrations:create -- <subgraph> <what-changes>, such as `portal add-team-slug`');
  process.exit(1);
}

await withServer(async () => {
  const { fileName } = await onMigratedDatabase(definition, (orm) =>
    orm.migrator.create(undefined, false, false, purpose),
  );
  console.log(fileName ? `wrote ${fileName}` : `${name}: entities and migrations already agree`);
});
