import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A folder that holds a `schema.graphql`: each subgraph, and the gateway's own. */
export interface SubgraphFolder {
  name: string;
  dir: string;
  /** Its own contract, without the shared part. */
  sdl: string;
}

export const commonSdl = readFileSync(join(root, 'schema/common.graphql'), 'utf8');

/** Every subgraph in the tree, by name. Reading folders, not the registry, lets tools run before anything compiles. */
export function listSubgraphs(): SubgraphFolder[] {
  const names = existsSync(join(root, 'subgraphs')) ? readdirSync(join(root, 'subgraphs')) : [];
  const dirs = [...names.map((name) => join('subgraphs', name)), 'gateway'];
  return dirs
    .filter((dir) => existsSync(join(root, dir, 'schema.graphql')))
    .map((dir) => ({
      name: dir.replace('subgraphs/', ''),
      dir: join(root, dir),
      sdl: readFileSync(join(root, dir, 'schema.graphql'), 'utf8'),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
