import { type DirectiveNode, type DocumentNode, Kind, type ValueNode } from 'graphql';
import type { ScopeType } from '../access/tree.ts';

const WHO = ['ANYONE', 'SIGNED_IN', 'PERSON', 'SESSION', 'FRESH_SESSION', 'SYSTEM_ADMIN', 'SERVICE'] as const;
const TOKEN = ['READ', 'ANY'] as const;
const SCOPES: readonly ScopeType[] = ['TENANT', 'COMMUNITY', 'TEAM'];
const ARGUMENTS = new Set(['who', 'permission', 'scope', 'at', 'token']);

/** Who may ask for a field; `schema/common.graphql` says what each word means. */
export type Who = (typeof WHO)[number];

/** One `@guard` of a schema, read. */
export interface DeclaredGuard {
  who: Who;
  permission: string | null;
  scope: ScopeType | null;
  /** Path of the argument that names the scope: `['input', 'scope']`. */
  at: readonly string[] | null;
  token: (typeof TOKEN)[number] | null;
}

/** What stands in a schema with a guard on it: a type, or a field of one. */
export interface Guarded {
  type: string;
  /** Null where the guard is the type's own. */
  field: string | null;
  guard: DeclaredGuard;
}

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** Root types take no guard of their own: their fields are guarded one by one. */
export const isRootType = (typeName: string): boolean => ROOTS.has(typeName);

/** Thrown for a guard that says nothing certain. */
export class UnreadableGuard extends Error {}

const CODE = /^[a-z]\w*\.[a-z]\w*\.[a-z]\w*$/i;
const PATH = /^\w+(\.\w+)*$/;

function wordOf<Word extends string>(words: readonly Word[], name: string, value: ValueNode | undefined): Word | null {
  if (!value) return null;
  const word = value.kind === Kind.ENUM ? words.find((each) => each === value.value) : undefined;
  if (!word) throw new UnreadableGuard(`\`${name}\` is one of ${words.join(', ')}`);
  return word;
}

function textOf(shape: RegExp, name: string, value: ValueNode | undefined): string | null {
  if (!value) return null;
  if (value.kind !== Kind.STRING || !shape.test(value.value))
    throw new UnreadableGuard(
      `\`${name}\` is a text such as ${name === 'at' ? '"input.scope"' : '"portal.post.read"'}`,
    );
  return value.value;
}

/** What arguments of one guard say against each other; null where they agree. */
function contradiction({ who, permission, scope, at, token }: DeclaredGuard): string | null {
  if (permission && who !== 'SIGNED_IN' && who !== 'PERSON')
    return 'a permission goes with `who: SIGNED_IN` or `PERSON`';
  if (!permission && (scope || at)) return '`scope` and `at` say where a `permission` is needed';
  if (scope && scope !== 'TENANT' && !at)
    return `\`scope: ${scope}\` wants \`at\`, the path of the argument with its id`;
  if (permission && token)
    return '`token` goes with no permission: access tokens must be approved for that one already';
  if (token && (who === 'SESSION' || who === 'FRESH_SESSION' || who === 'SERVICE' || who === 'SYSTEM_ADMIN'))
    return `\`token\` says nothing with \`who: ${who}\`, which no access token passes`;
  return null;
}

/** Reads one `@guard`. Throws UnreadableGuard. */
function readGuard(node: DirectiveNode): DeclaredGuard {
  const values = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const unknown = [...values.keys()].find((name) => !ARGUMENTS.has(name));
  if (unknown) throw new UnreadableGuard(`there is no argument \`${unknown}\``);
  const who = wordOf(WHO, 'who', values.get('who'));
  if (!who) throw new UnreadableGuard('`who` is missing');
  const guard: DeclaredGuard = {
    who,
    permission: textOf(CODE, 'permission', values.get('permission')),
    scope: wordOf(SCOPES, 'scope', values.get('scope')),
    at: textOf(PATH, 'at', values.get('at'))?.split('.') ?? null,
    token: wordOf(TOKEN, 'token', values.get('token')),
  };
  const problem = contradiction(guard);
  if (problem) throw new UnreadableGuard(problem);
  return guard;
}

interface Place {
  directives?: readonly DirectiveNode[] | undefined;
}

function guardAt(place: string, { directives }: Place): DeclaredGuard | null {
  const [found, second] = directives?.filter(({ name }) => name.value === 'guard') ?? [];
  if (!found) return null;
  try {
    if (second) throw new UnreadableGuard('there are two');
    return readGuard(found);
  } catch (error) {
    throw error instanceof UnreadableGuard ? new UnreadableGuard(`${place}: @guard: ${error.message}`) : error;
  }
}

/** Every guard of a subgraph's schema, or of a supergraph, in the order of the document. Throws UnreadableGuard. */
export function guardsIn(document: DocumentNode): Guarded[] {
  return document.definitions.flatMap((type): Guarded[] => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const name = type.name.value;
    const own = guardAt(name, type);
    const fields = (type.fields ?? []).flatMap((field): Guarded[] => {
      const guard = guardAt(`${name}.${field.name.value}`, field);
      return guard ? [{ type: name, field: field.name.value, guard }] : [];
    });
    return own ? [{ type: name, field: null, guard: own }, ...fields] : fields;
  });
}
