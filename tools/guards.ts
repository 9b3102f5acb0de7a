import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessDeclaration } from '@polity/kernel/access/catalogue';
import { guardsIn } from '@polity/kernel/graph/guard';
import { guardProblems, unknownPermissions } from '@polity/kernel/graph/guard-check';
import { type DirectiveNode, type DocumentNode, print } from 'graphql';
import { isObject, typesOf } from './schema-coordinates.ts';
import type { SubgraphFolder } from './subgraph-list.ts';

/** A subgraph's schema with its shared part. */
export interface GuardedSchema {
  name: string;
  document: DocumentNode;
}

/** Codes that subgraphs declare in their `src/access.ts`. */
export async function declaredCodes(folders: readonly SubgraphFolder[]): Promise<Set<string>> {
  const files = folders.map(({ dir }) => join(dir, 'src/access.ts')).filter((path) => existsSync(path));
  const modules = await Promise.all(files.map((path) => import(path) as Promise<{ access: AccessDeclaration }>));
  return new Set(modules.flatMap(({ access }) => access.permissions.map(({ code }) => code)));
}

const guardIn = (directives: readonly DirectiveNode[] = []) =>
  directives.filter(({ name }) => name.value === 'guard').map(print);

/** Coordinate and text of every guard. */
function writtenGuards({ document }: GuardedSchema): [at: string, text: string][] {
  return typesOf(document).flatMap((type) => {
    if (!isObject(type)) return [];
    const name = type.name.value;
    const ofFields = (type.fields ?? []).flatMap((field) =>
      guardIn(field.directives).map((text): [string, string] => [`${name}.${field.name.value}`, text]),
    );
    return [...guardIn(type.directives).map((text): [string, string] => [name, text]), ...ofFields];
  });
}

/** Composition would take one of them and leave a hint. */
function disputes(schemas: readonly GuardedSchema[]): string[] {
  const first = new Map<string, { text: string; name: string }>();
  return schemas.flatMap((schema) =>
    writtenGuards(schema).flatMap(([at, text]) => {
      const found = first.get(at) ?? { text, name: schema.name };
      first.set(at, found);
      return found.text === text ? [] : [`${schema.name}: ${at}: ${found.name} guards it in another way`];
    }),
  );
}

/** All that is wrong with the guards of these schemas, each by itself and together. */
export function problemsOfGuards(schemas: readonly GuardedSchema[], codes: ReadonlySet<string>): string[] {
  const own = schemas.flatMap(({ name, document }) => {
    const problems = guardProblems(document);
    const unknown = problems.length > 0 ? [] : unknownPermissions(guardsIn(document), (code) => codes.has(code));
    return [...problems, ...unknown].map((problem) => `${name}: ${problem}`);
  });
  return own.length > 0 ? own : disputes(schemas);
}
