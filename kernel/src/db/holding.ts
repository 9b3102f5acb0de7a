import { AsyncLocalStorage } from 'node:async_hooks';

/** A stretch of work that holds a connection; `open` ends with it, because what it started may outlive it. */
interface Holding {
  pool: object;
  /** Service whose pool it is. */
  service: string;
  open: boolean;
  outer: Holding | undefined;
}

const current = new AsyncLocalStorage<Holding | undefined>();

function* open(): Generator<Holding> {
  for (let holding = current.getStore(); holding; holding = holding.outer) if (holding.open) yield holding;
}

/** Thrown where work that holds a connection asks for what it could wait for for ever. A fault of the code, never of a request. */
class HoldsConnection extends Error {
  constructor(wanted: string) {
    super(
      `This transaction holds a connection and must not wait for ${wanted}. Use the transaction, or ask before it or after it.`,
    );
    this.name = 'HoldsConnection';
  }
}

/** Runs work that holds a connection of `pool`, the one of `service`; the refusals below know of it wherever that work leads. */
export async function holding<Result>(pool: object, service: string, work: () => Promise<Result>): Promise<Result> {
  const mark: Holding = { pool, service, open: true, outer: current.getStore() };
  try {
    return await current.run(mark, work);
  } finally {
    mark.open = false;
  }
}

/** Runs work that is known to wait for nobody that waits for it, although a connection is held around it. */
export const notHolding = <Result>(work: () => Result): Result => current.exit(work);

/** Whether this work holds a connection of any pool. */
export const isHolding = (): boolean => !open().next().done;

/**
 * Throws HoldsConnection where this work holds a connection: for what takes long, such as rendering, hashing and requests to others, which belongs
 * before or after a transaction.
 */
export function refuseWhileHolding(what: string): void {
  if (isHolding()) throw new HoldsConnection(what);
}

/**
 * Throws HoldsConnection where this work holds a connection of `pool` already: if as many requests as there are connections did so, each
 * would wait for the others.
 */
export function refuseSecond(pool: object): void {
  for (const each of open()) if (each.pool === pool) throw new HoldsConnection('another one of the same pool');
}

/**
 * Throws HoldsConnection where a service that holds a connection, or is asked by one that does, asks `service`. Whoever holds one may ask
 * access only, which then asks nobody: so those who wait for each other never form a circle.
 */
export function refuseCircle(service: string, heldByCaller: boolean): void {
  if (heldByCaller) throw new HoldsConnection(service);
  for (const each of open()) if (service !== 'access' || each.service === service) throw new HoldsConnection(service);
}
