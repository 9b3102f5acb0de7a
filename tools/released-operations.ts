import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '@polity/kernel/document/read';
import type { GraphQLSchema } from 'graphql';

/** What is wrong with each document of a folder, by the bounds and rules of the gateway for this graph. */
export function brokenOperations(graph: GraphQLSchema, folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.graphql'));
  return files.sort().flatMap((name) => {
    const reading = readDocument(graph, readFileSync(join(folder, name), 'utf8'));
    return 'problems' in reading ? reading.problems.map(({ message }) => `${name}: ${message}`) : [];
  });
}
