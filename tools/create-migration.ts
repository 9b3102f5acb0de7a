// npm run migrations:create -- <subgraph> <what-changes>: writes the migration from what is migrated to what entities say.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { knownMigrations } from '../kernel/src/db/migrate.ts';
import type { OrmDefinition } from '../kernel/src/db/orm.ts';
import { withServer } from './migration-databases.ts';
import { migrationDifference } from './migration-difference.ts';
import { migrationText } from './migration-text.ts';
import { ormDefinitions } from './orm-definitions.ts';
import { root } from './subgraph-list.ts';

async function create(definition: OrmDefinition, purpose: string): Promise<void> {
  const folder = fileURLToPath(definition.migrations);
  mkdirSync(folder, { recursive: true });
  const { kept, ...difference } = await migrationDifference(definition);
  if (difference.up.length === 0) return console.log(`${definition.name}: entities and migrations already agree`);
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const className = `Migration${time}_${purpose.replaceAll('-', '_')}`;
  const path = join(folder, `${className}.ts`);
  const first = (await knownMigrations(definition)).length === 0;
  writeFileSync(path, migrationText(className, difference, first));
  spawnSync('npx', ['--no-install', 'biome', 'check', '--write', path], { cwd: root });
  console.log(`wrote ${relative(root, path)}`);
  if (kept.length > 0) console.log(`left alone, drop by hand what an entity spoke of: ${kept.join(', ')}`);
}

const [name, purpose = ''] = process.argv.slice(2);
const definition = (await ormDefinitions()).find((each) => each.name === name);
if (!definition || !/^[a-z][a-z0-9-]*$/.test(purpose)) {
  console.error('usage: npm run migrations:create -- <subgraph> <what-changes>, such as `portal add-team-slug`');
  process.exit(1);
}
await withServer(() => create(definition, purpose));
