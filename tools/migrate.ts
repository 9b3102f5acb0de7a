// npm run migrate: prepares roles and databases on the server of DATABASE_URL and brings each to its newest migration.
import { loadSecrets, secretsFrom } from '../kernel/src/config/secrets.ts';
import { migrate } from '../kernel/src/db/orm.ts';
import { provision } from '../kernel/src/db/provision.ts';
import { ormDefinitions } from './migration-databases.ts';

const { DATABASE_URL, DATA_DIR = '.data', MASTER_SECRET } = process.env;
if (!DATABASE_URL) {
  console.error('migrate: DATABASE_URL is not set. (`npm start` brings its own database and migrates it by itself.)');
  process.exit(1);
}

const definitions = await ormDefinitions();
const secrets = MASTER_SECRET ? secretsFrom(MASTER_SECRET) : await loadSecrets(DATA_DIR);
const urls = await provision(
  DATABASE_URL,
  definitions.map(({ name }) => name),
  secrets,
);
for (const definition of definitions) {
  const ownerUrl = urls[definition.name]?.ownerUrl;
  if (ownerUrl) await migrate(definition, ownerUrl);
  console.log(`migrated ${definition.name}`);
}
