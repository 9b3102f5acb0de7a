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

/**
 * Reads a key that a client chose, such as `constructor`, without finding what every object inherits: functions, of which JSON has none,
 * and the prototype itself.
 */
export function own(tree: Tree, key: string): unknown {
  const value = tree[key];
  const mayBeInherited = typeof value === 'function' || key === '__proto__';
  return mayBeInherited && !Object.hasOwn(tree, key) ? undefined : value;
}

const distinct = (values: readonly unknown[]): readonly unknown[] =>
  values.length > 1 ? [...new Set(values)] : values;

function elementsOf(level: readonly unknown[]): unknown[] {
  const elements: unknown[] = [];
  for (const value of level) if (Array.isArray(value)) for (const element of value) elements.push(element);
  return elements;
}

/** Every object at that place, each once, however often the answer refers to it. */
export function objectsAt(root: Tree, path: PlanPath): Tree[] {
  let level: readonly unknown[] = [root];
  for (const step of path) {
    if (step === '@') level = elementsOf(level);
    else {
      const next: unknown[] = [];
      for (const value of level) if (isTree(value)) next.push(own(value, step));
      // At each step, or what few objects refer to again and again would be walked once per way to it.
      level = distinct(next);
    }
  }
  return distinct(level).filter(isTree);
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
