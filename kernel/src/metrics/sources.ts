/** Connections of one pool. */
export interface PoolUse {
  inUse: number;
  waiting: number;
}

/** How far publishing is behind; the age is that of the oldest pending event. */
export interface PublishingLag {
  pending: number;
  oldestSeconds: number;
}

/** How the jobs of one database are. */
export interface JobStates {
  /** Enqueued jobs that were given up. */
  failed: number;
  /** Seconds for which the oldest job that is due has waited for a process; 0 where none waits. */
  overdueSeconds: number;
  /** When each job that runs by interval succeeded last, in seconds since 1970. */
  succeededAt: Readonly<Record<string, number>>;
}

/** What a service can be asked for when metrics are read. */
export interface ServiceSources {
  pool?(): PoolUse;
  outbox?(): Promise<PublishingLag>;
  jobs?(): Promise<JobStates>;
  /** Events that consumers have still to settle, where the bus keeps them. */
  pendingEvents?(): Promise<Readonly<Record<string, number>>>;
  /** Events given up, by consumer. */
  deadLetters?(): Promise<Readonly<Record<string, number>>>;
}

/** What one reading of the metrics found in all services. Sources that failed are left out. */
export interface Readings {
  pools: Map<string, PoolUse>;
  outboxes: Map<string, PublishingLag>;
  deadLetters: Map<string, number>;
  pendingEvents: Map<string, number>;
  jobs: Map<string, JobStates>;
}

async function quietly<T>(ask: (() => Promise<T>) | undefined): Promise<T | undefined> {
  try {
    return await ask?.();
  } catch {
    // A database that is away must not take the other metrics with it; the series is absent, which alerts see.
    return undefined;
  }
}

/** Asks every service once, side by side. */
export async function readSources(services: ReadonlyMap<string, ServiceSources>): Promise<Readings> {
  const readings: Readings = {
    pools: new Map(),
    outboxes: new Map(),
    deadLetters: new Map(),
    pendingEvents: new Map(),
    jobs: new Map(),
  };
  await Promise.all(
    [...services].map(async ([name, sources]) => {
      if (sources.pool) readings.pools.set(name, sources.pool());
      const [lag, letters, pending, jobs] = await Promise.all([
        quietly(sources.outbox),
        quietly(sources.deadLetters),
        quietly(sources.pendingEvents),
        quietly(sources.jobs),
      ]);
      if (jobs) readings.jobs.set(name, jobs);
      if (lag) readings.outboxes.set(name, lag);
      for (const [consumer, count] of Object.entries(pending ?? {})) readings.pendingEvents.set(consumer, count);
      for (const [consumer, count] of Object.entries(letters ?? {})) readings.deadLetters.set(consumer, count);
    }),
  );
  return readings;
}
