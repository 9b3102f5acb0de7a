// npm run migrate: prepares roles and databases, on DATABASE_URL or the embedded server, and brings each to its newest migration.
import { platformEnv, readEnv } from '../kernel/src/config/env.ts';
import { migrate } from '../kernel/src/db/orm.ts';
import { openDatabases } from '../kernel/src/process/platform.ts';
import { ormDefinitions } from './migration-databases.ts';

const say = (line: string): void => console.log(line);

const definitions = await ormDefinitions();
const names = definitions.map(({ name }) => name);
const databases = await openDatabases(readEnv(platformEnv, process.env, 'migrate'), names, say);
try {
  for (const definition of definitions) {
    const ownerUrl = databases.urls[definition.name]?.ownerUrl;
    if (!ownerUrl) throw new Error(`no database was prepared for ${definition.name}`);
    await migrate(definition, ownerUrl);
    say(`migrated ${definition.name}`);
  }
} finally {
  await databases.stop();
}
