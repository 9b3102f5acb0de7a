import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { LIMITS } from './limits.ts';
import { beyond } from './text.ts';

/** What a selection set comes to with all its fragments spread. */
interface Size {
  selections: number;
  /** Fields inside fields. */
  depth: number;
  /** The same below `__schema` and `__type`. */
  introspectionDepth: number;
  /** Selection sets inside each other, those of fragments too. */
  nesting: number;
  /** Characters of arguments and directives. */
  written: number;
}

const NOTHING: Size = { selections: 0, depth: 0, introspectionDepth: 0, nesting: 0, written: 0 };

const lengthOf = ({ loc }: ASTNode) => (loc ? loc.end - loc.start : 0);

/** Plans write fragments out, and with them whatever stands in their arguments. */
function writtenAt(node: SelectionNode): number {
  const given = node.kind === Kind.FIELD ? (node.arguments ?? []) : [];
  return [...given, ...(node.directives ?? [])].reduce((sum, each) => sum + lengthOf(each), 0);
}

const isIntrospection = (node: FieldNode) => node.selectionSet !== undefined && node.name.value.startsWith('__');

function add(whole: Size, part: Size): void {
  whole.selections += part.selections;
  whole.depth = Math.max(whole.depth, part.depth);
  whole.introspectionDepth = Math.max(whole.introspectionDepth, part.introspectionDepth);
  whole.nesting = Math.max(whole.nesting, part.nesting);
  whole.written += part.written;
}

function asField(node: FieldNode, inner: Size): Size {
  return isIntrospection(node)
    ? { ...inner, depth: 0, introspectionDepth: inner.depth + 1 }
    : { ...inner, depth: inner.depth + 1 };
}

/** Measures each fragment once, however often it is spread, so that no document can make measuring itself slow. */
function measurer(fragments: Fragments) {
  const known = new Map<string, Size>();

  function ofFragment(name: string): Size {
    const size = known.get(name);
    if (size) return size;
    // Validation refuses a fragment that spreads itself; here it only must not loop.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    if (fragment) known.set(name, ofSet(fragment.selectionSet));
    return known.get(name) as Size;
  }

  function ofInner(node: SelectionNode): Size {
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value);
    return node.selectionSet ? ofSet(node.selectionSet) : NOTHING;
  }

  function ofSet(set: SelectionSetNode): Size {
    const whole = { ...NOTHING };
    for (const node of set.selections) {
      const inner = ofInner(node);
      add(whole, node.kind === Kind.FIELD ? asField(node, inner) : inner);
      whole.selections++;
      whole.written += writtenAt(node);
    }
    whole.nesting++;
    return whole;
  }

  return { ofSet, ofFragment, reached: known as ReadonlyMap<string, Size> };
}

interface Mentions {
  /** Response keys, through fragments. */
  keys: Set<string>;
  /** Times that the field is written in the set itself, inline fragments included. */
  times: number;
}

/** How each field of one selection set is asked for. */
function mentions(set: SelectionSetNode, fragments: Fragments): ReadonlyMap<string, Mentions> {
  const found = new Map<string, Mentions>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode, here: 0 | 1): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const field = found.get(node.name.value) ?? { keys: new Set<string>(), times: 0 };
        field.keys.add((node.alias ?? node.name).value);
        field.times += here;
        found.set(node.name.value, field);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet, here);
      } else if (!spread.has(node.name.value)) {
        // Spreading a fragment twice adds no response key, so once is enough.
        spread.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        // Clients that write a fragment for each of their components repeat `id` in every one of them.
        if (fragment) collect(fragment.selectionSet, 0);
      }
    }
  }

  collect(set, 1);
  return found;
}

type Directed = { directives?: readonly unknown[] | undefined };

/** What is wrong with one selection set or with what stands in it; null for one within the limits. Sets below it included. */
function problemOfSet(set: SelectionSetNode, fragments: Fragments): string | null {
  for (const [name, { keys, times }] of mentions(set, fragments)) {
    if (keys.size > LIMITS.aliases)
      return `"${name}" may be asked for under at most ${LIMITS.aliases} names in one place.`;
    if (times > LIMITS.repeats) return `"${name}" may stand at most ${LIMITS.repeats} times in one place.`;
  }
  return problemOfInner(set, fragments);
}

function problemOfInner({ selections }: SelectionSetNode, fragments: Fragments): string | null {
  for (const node of selections) {
    const inner = node.kind === Kind.FRAGMENT_SPREAD ? undefined : node.selectionSet;
    // What an inline fragment asks for was counted in the set that it stands in.
    const check = node.kind === Kind.FIELD ? problemOfSet : problemOfInner;
    const problem = problemOfDirectives(node) ?? (inner && check(inner, fragments));
    if (problem) return problem;
  }
  return null;
}

const problemOfDirectives = ({ directives }: Directed): string | null =>
  (directives?.length ?? 0) > LIMITS.directives
    ? `At most ${LIMITS.directives} directives may stand at one place.`
    : null;

function problemOfSize({ selections, depth, introspectionDepth, nesting, written }: Size): string | null {
  if (written > LIMITS.characters)
    return `The arguments of a document may have at most ${LIMITS.characters} characters, each spread of a fragment counted.`;
  if (selections > LIMITS.selections)
    return `A document may ask for at most ${LIMITS.selections} fields and fragments.`;
  if (depth > LIMITS.depth) return `Fields may be nested at most ${LIMITS.depth} deep.`;
  if (introspectionDepth > LIMITS.introspectionDepth)
    return `Fields below __schema and __type may be nested at most ${LIMITS.introspectionDepth} deep.`;
  return nesting > LIMITS.nesting ? `Fields and fragments may be nested at most ${LIMITS.nesting} deep.` : null;
}

/** All operations together; fragments that none of them spreads count, too, since validation reads them. */
function sizeOf(operations: readonly OperationDefinitionNode[], fragments: Fragments): Size {
  const { ofSet, ofFragment, reached } = measurer(fragments);
  const whole = { ...NOTHING };
  for (const { selectionSet } of operations) add(whole, ofSet(selectionSet));
  for (const name of fragments.keys()) if (!reached.has(name)) add(whole, ofFragment(name));
  return whole;
}

function partsOf({ definitions }: DocumentNode) {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  // Not the values of the map: before validation, two fragments may share a name.
  const named = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { operations, named, fragments: fragmentsOf({ definitions }) };
}

/** Selections of a document with all spreads written out: what planning it costs, and what is kept of it, grow with them. */
export function selectionsOf(document: DocumentNode): number {
  const { operations, fragments } = partsOf(document);
  return sizeOf(operations, fragments).selections;
}

/** The first limit that a parsed document breaks. Takes time that grows with the document, never with what it expands to beyond the limits. */
export function problemOfDocument(document: DocumentNode): GraphQLError | null {
  const { operations, named, fragments } = partsOf(document);
  if (operations.length > LIMITS.operations)
    return beyond(`A document may hold at most ${LIMITS.operations} operations.`);
  let problem = problemOfSize(sizeOf(operations, fragments));
  for (const node of [...operations, ...named])
    problem ??= problemOfDirectives(node) ?? problemOfSet(node.selectionSet, fragments);
  for (const { variableDefinitions = [] } of operations)
    for (const node of variableDefinitions) problem ??= problemOfDirectives(node);
  return problem === null ? null : beyond(problem);
}
