import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Subtypes } from './subtypes.ts';
import { isTree, own, type Tree } from './tree.ts';

const FRAGMENT = '... on ';

/** Changes that the planner wants made to what goes to a subgraph, or comes from it. */
export type Rewrite = (value: unknown) => void;

function changeOf(rewrite: FetchDataRewrite, key: string): (tree: Tree) => void {
  if (rewrite.kind === 'ValueSetter')
    return (tree) => {
      tree[key] = rewrite.setValueTo;
    };
  return (tree) => {
    if (!Object.hasOwn(tree, key)) return;
    tree[rewrite.renameKeyTo] = tree[key];
    delete tree[key];
  };
}

/** What does not say its type is what the planner takes it for. */
const mayBe = ({ __typename: name }: Tree, types: ReadonlySet<string>) => typeof name !== 'string' || types.has(name);

function applyAt(
  value: unknown,
  path: readonly string[],
  depth: number,
  subtypes: Subtypes,
  change: (tree: Tree) => void,
): void {
  if (Array.isArray(value)) {
    for (const element of value) applyAt(element, path, depth, subtypes, change);
    return;
  }
  if (!isTree(value)) return;
  const step = path[depth];
  if (step === undefined) change(value);
  else if (!step.startsWith(FRAGMENT)) applyAt(own(value, step), path, depth + 1, subtypes, change);
  else if (mayBe(value, subtypes(step.slice(FRAGMENT.length)))) applyAt(value, path, depth + 1, subtypes, change);
}

/** The rewrites of one fetch as one function; null where there are none. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] | undefined, subtypes: Subtypes): Rewrite | null {
  if (!rewrites?.length) return null;
  const all = rewrites.map((rewrite): Rewrite => {
    const change = changeOf(rewrite, rewrite.path.at(-1) ?? '');
    const path = rewrite.path.slice(0, -1);
    return (value) => applyAt(value, path, 0, subtypes, change);
  });
  return (value) => {
    for (const rewrite of all) rewrite(value);
  };
}

/** The keys of a subgraph's answer that stand for another one in the answer to the client, for the paths of errors. */
export function renamedKeys(rewrites: readonly FetchDataRewrite[] | undefined): ReadonlyMap<string, string> {
  const renamed = (rewrites ?? []).flatMap((rewrite) =>
    rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1) ?? '', rewrite.renameKeyTo] as const] : [],
  );
  return new Map(renamed);
}
