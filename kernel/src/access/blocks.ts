import { always, any, type Sql, sql } from '../db/sql.ts';

/** Between whom and the viewer of a set a block stands (decision 28). It hides both from each other, whoever set it. */
export interface Blocks {
  /** People whom the viewer has blocked. */
  readonly blocked: readonly string[];
  /** People who have blocked the viewer. */
  readonly blockers: readonly string[];
  /** All of both. */
  readonly hidden: readonly string[];
}

const NOBODY: readonly string[] = Object.freeze([]);

/** Those of a viewer between whom and nobody a block stands. */
export const noBlocks: Blocks = Object.freeze({ blocked: NOBODY, blockers: NOBODY, hidden: NOBODY });

/** Blocks from both of their sides. */
export function blocksOf(blocked: readonly string[] = NOBODY, blockers: readonly string[] = NOBODY): Blocks {
  if (blocked.length === 0 && blockers.length === 0) return noBlocks;
  return { blocked, blockers, hidden: [...new Set([...blocked, ...blockers])] };
}

/**
 * The people whom a list leaves out. Those who keep order at a place go on seeing who has blocked them there, or a block would keep them from their
 * work; whom they have blocked themselves they do not see.
 */
export const leftOut = ({ blocked, hidden }: Blocks, manages = false): readonly string[] =>
  manages ? blocked : hidden;

/** The condition on rows that the column names none of these people; rows that name nobody meet it, and those that `unless` names. */
export function namesNone(people: readonly string[], column: string, unless?: Sql): Sql {
  if (people.length === 0) return always;
  const others = sql(`(${column} = any(?)) is not true`, people);
  return unless ? any(others, unless) : others;
}

/** The condition for a list of people, or of what people did: the column names nobody between whom and the viewer a block stands. */
export const peopleShown = (
  { set }: { readonly set: { readonly blocks: Blocks } },
  column: string,
  manages = false,
): Sql => namesNone(leftOut(set.blocks, manages), column);
