/** How the connections of one process to PostgreSQL are shared out. */
export interface ConnectionBudget {
  /** Of the pool of each subgraph. */
  perSubgraph: number;
  /** Of the pool of the key-value store; 0 where it is Redis. */
  store: number;
}

/** More do not make a process faster that has one thread: requests hold a connection only while a statement runs. */
const MOST = 10;
/** One writes while another reads. */
const FEWEST = 2;

/**
 * Shares `total` connections out over the subgraphs of a process, each of which has one more for its relay, and the store. Where `total` is too few
 * for that, each pool has two.
 */
export function connectionBudget(total: number, subgraphs: number, storeInPostgres: boolean): ConnectionBudget {
  const bounded = (share: number) => Math.max(FEWEST, Math.min(MOST, Math.floor(share)));
  const store = storeInPostgres ? bounded(total / 8) : 0;
  return { store, perSubgraph: subgraphs === 0 ? 0 : bounded((total - store) / subgraphs - 1) };
}
