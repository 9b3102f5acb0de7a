/** An object of the answer as it grows, keyed by response keys. */
export interface Tree {
  [key: string]: unknown;
}

/** Path of a plan through the answer: response keys, and `@` for every element of a list. */
export type PlanPath = readonly string[];

/** Path of one place in the answer, as clients see it in errors. */
export type ResponsePath = readonly (string | number)[];

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a key that a client chose, such as `constructor`, without finding what every object inherits. */
export function own(tree: Tree, key: string): unknown {
  return key in Object.prototype && !Object.hasOwn(tree, key) ? undefined : tree[key];
}

/** Every object at that place, each once, however often the answer refers to it. */
export function objectsAt(root: Tree, path: PlanPath): Tree[] {
  let level = new Set<unknown>([root]);
  for (const step of path) {
    const next = new Set<unknown>();
    for (const value of level) {
      if (step !== '@') {
        if (isTree(value)) next.add(own(value, step));
      } else if (Array.isArray(value)) for (const element of value) next.add(element);
    }
    level = next;
  }
  return [...level].filter(isTree);
}

/** Where these objects stand: an object that the answer refers to more than once has several places. At most `limit` of them. */
export function placesOf(objects: ReadonlySet<unknown>, root: Tree, path: PlanPath, limit: number): ResponsePath[] {
  const found: ResponsePath[] = [];
  const at: (string | number)[] = [];
  function visit(value: unknown, depth: number): void {
    if (found.length >= limit || value === null || value === undefined) return;
    const step = path[depth];
    if (step === undefined) {
      if (objects.has(value)) found.push([...at]);
    } else if (step !== '@') {
      at.push(step);
      if (isTree(value)) visit(own(value, step), depth + 1);
      at.pop();
    } else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) {
        at.push(index);
        visit(element, depth + 1);
        at.pop();
      }
    }
  }
  visit(root, 0);
  return found;
}
