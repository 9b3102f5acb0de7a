import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartError } from '../kernel/src/config/start-error.ts';
import { migrate } from '../kernel/src/db/migrate.ts';
import type { OrmDefinition } from '../kernel/src/db/orm.ts';
import type { ServiceUrls } from '../kernel/src/db/provision.ts';
import { listSubgraphs } from './subgraph-list.ts';

const isOrmDefinition = (value: object): value is OrmDefinition => 'entities' in value && 'migrations' in value;

async function ormDefinition(path: string): Promise<OrmDefinition> {
  const exported = Object.values((await import(pathToFileURL(path).href)) as Record<string, object>);
  const definition = exported.find(isOrmDefinition);
  if (!definition) throw new Error(`${path} exports no OrmDefinition`);
  return definition;
}

/** What the `orm.config.ts` of each subgraph says, where it has one. */
export function ormDefinitions(): Promise<OrmDefinition[]> {
  const paths = listSubgraphs().map(({ dir }) => join(dir, 'orm.config.ts'));
  return Promise.all(paths.filter((path) => existsSync(path)).map(ormDefinition));
}

/** Brings every database to its newest migration. Throws StartError. */
export async function migrateAll(
  definitions: readonly OrmDefinition[],
  urls: Readonly<Record<string, ServiceUrls>>,
  onProgress: (line: string) => void,
): Promise<void> {
  for (const definition of definitions) {
    const ownerUrl = urls[definition.name]?.ownerUrl;
    if (!ownerUrl) throw new StartError(`No database was prepared for ${definition.name}.`);
    await migrate(definition, ownerUrl, { onProgress });
  }
}
