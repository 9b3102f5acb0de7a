import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { isStorable } from './text.ts';

/** Said of text that no part of Polity can keep. */
export const UNSTORABLE = 'Text must not hold U+0000 or half of a surrogate pair.';

/** Bounds of one operation. A page of a rich client stays well below each of them. */
export const LIMITS = {
  /** Lexical tokens of a document, counted before it is parsed whole. */
  tokens: 5_000,
  /** Fields inside fields. */
  depth: 15,
  /** The same below `__schema` and `__type`, where a type is wrapped in lists and non-nulls. */
  introspectionDepth: 20,
  /** Fields in all, with every spread of a fragment counted again. */
  fields: 2_000,
  /** Response keys that one field may have in one selection set, fragments included. */
  aliases: 15,
  /** Times that one field may be written in one selection set. */
  repeats: 100,
  /** Directives at one place. */
  directives: 5,
} as const;

interface Size {
  fields: number;
  depth: number;
}

type Fragments = (name: string) => FragmentDefinitionNode | null | undefined;

/** Measures selections in one pass per fragment, however often it is spread, so that no document can make measuring itself slow. */
function measurer(fragments: Fragments) {
  const known = new Map<string, Size>();

  function ofNode(node: SelectionNode): Size {
    if (node.kind === Kind.INLINE_FRAGMENT) return ofSet(node.selectionSet);
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value);
    const inner = node.selectionSet ? ofSet(node.selectionSet) : { fields: 0, depth: 0 };
    return { fields: inner.fields + 1, depth: inner.depth + 1 };
  }

  function ofFragment(name: string): Size {
    const size = known.get(name);
    if (size) return size;
    // A fragment that spreads itself is refused by another rule; here it only must not loop.
    known.set(name, { fields: 0, depth: 0 });
    const fragment = fragments(name);
    if (fragment) known.set(name, ofSet(fragment.selectionSet));
    return known.get(name) as Size;
  }

  function ofSet(set: SelectionSetNode): Size {
    let [fields, depth] = [0, 0];
    for (const node of set.selections) {
      const size = ofNode(node);
      fields += size.fields;
      depth = Math.max(depth, size.depth);
    }
    return { fields, depth };
  }

  return { ofNode, ofSet };
}

/** Response keys and number of mentions of every field of one selection set, through its fragments; ends early past the limit. */
function mentions(
  set: SelectionSetNode,
  fragments: Fragments,
  spread: Set<string>,
  found = new Map<string, { keys: Set<string>; times: number }>(),
) {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      const field = found.get(node.name.value) ?? { keys: new Set<string>(), times: 0 };
      field.keys.add((node.alias ?? node.name).value);
      field.times++;
      found.set(node.name.value, field);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      mentions(node.selectionSet, fragments, spread, found);
    } else if (!spread.has(node.name.value)) {
      // Spreading a fragment twice adds no response key, so once is enough.
      spread.add(node.name.value);
      const fragment = fragments(node.name.value);
      if (fragment) mentions(fragment.selectionSet, fragments, spread, found);
    }
  }
  return found;
}

const isIntrospection = (node: SelectionNode) => node.kind === Kind.FIELD && node.name.value.startsWith('__');

/** Validation rule: refuses operations beyond `LIMITS`, in time that grows with the document, never with what it expands to. */
export function limitsRule(context: ValidationContext): ASTVisitor {
  const fragments: Fragments = (name) => context.getFragment(name);
  const { ofNode, ofSet } = measurer(fragments);
  const refuse = (message: string, node: { kind: string }) =>
    context.reportError(new GraphQLError(message, { nodes: [node as SelectionNode] }));

  function directives(node: { kind: string; directives?: readonly unknown[] | undefined }): void {
    if ((node.directives?.length ?? 0) > LIMITS.directives)
      refuse(`At most ${LIMITS.directives} directives may stand at one place.`, node);
  }

  return {
    Field: directives,
    InlineFragment: directives,
    FragmentSpread: directives,
    StringValue(node) {
      if (!isStorable(node.value)) refuse(UNSTORABLE, node);
    },
    FragmentDefinition: directives,
    VariableDefinition: directives,
    OperationDefinition(node) {
      directives(node);
      if (!context.getSchema().getRootType(node.operation)) refuse(`The graph has no ${node.operation}s.`, node);
      if (ofSet(node.selectionSet).fields > LIMITS.fields)
        refuse(`An operation may ask for at most ${LIMITS.fields} fields.`, node);
      const tooDeep = node.selectionSet.selections.some(
        (root) => ofNode(root).depth > (isIntrospection(root) ? LIMITS.introspectionDepth : LIMITS.depth),
      );
      if (tooDeep) refuse(`Fields may be nested at most ${LIMITS.depth} deep.`, node);
    },
    SelectionSet(node) {
      for (const [name, { keys, times }] of mentions(node, fragments, new Set())) {
        if (keys.size > LIMITS.aliases)
          refuse(`"${name}" may be asked for under at most ${LIMITS.aliases} names in one place.`, node);
        else if (times > LIMITS.repeats)
          refuse(`"${name}" may stand at most ${LIMITS.repeats} times in one place.`, node);
      }
    },
  };
}
