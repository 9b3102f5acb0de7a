import type { Clock } from '@polity/kernel/clock';
import type { Logger } from '@polity/kernel/log/logger';
import { every } from '@polity/kernel/process/every';
import type { ServiceClient } from '@polity/kernel/service/client';

/** How often uses are written down. */
const EVERY_MS = 10_000;
/** Operations whose uses wait to be written; those of others are not counted until then. */
const MAX_WAITING = 50_000;
const AT_A_TIME = 1_000;
const NOTE = 'mutation Note($uses: JSON!) { _noteUses(uses: $uses) }';

interface Use {
  tenantId: string;
  uses: number;
  lastUsedAt: number;
}

/** Counts how often operations are used: in memory, so that no request writes anything. */
export interface Usage {
  note(tenantId: string, key: string): void;
  /** Writes down what was counted; what cannot be is kept for the next time. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function usage(services: (tenantId: string) => ServiceClient, clock: Clock, log: Logger): Usage {
  let waiting = new Map<string, Use>();

  function add(key: string, { tenantId, uses, lastUsedAt }: Use): void {
    const known = waiting.get(key);
    if (!known && waiting.size >= MAX_WAITING) return;
    waiting.set(key, {
      tenantId,
      uses: (known?.uses ?? 0) + uses,
      lastUsedAt: Math.max(known?.lastUsedAt ?? 0, lastUsedAt),
    });
  }

  async function write(tenantId: string, part: readonly [string, Use][]): Promise<void> {
    const uses = part.map(([key, use]) => ({
      key,
      uses: use.uses,
      lastUsedAt: new Date(use.lastUsedAt).toISOString(),
    }));
    try {
      await services(tenantId).call('operations', NOTE, { uses });
    } catch (error) {
      log.warn({ err: error }, 'uses of operations could not be written down');
      for (const [key, use] of part) add(key, use);
    }
  }

  async function flush(): Promise<void> {
    const counted = waiting;
    waiting = new Map();
    for (const [tenantId, ofTenant] of Map.groupBy(counted, ([, use]) => use.tenantId))
      for (let from = 0; from < ofTenant.length; from += AT_A_TIME)
        await write(tenantId, ofTenant.slice(from, from + AT_A_TIME));
  }

  const repetition = every(EVERY_MS, flush);
  return {
    note: (tenantId, key) => add(key, { tenantId, uses: 1, lastUsedAt: clock.nowMs() }),
    flush,
    async close() {
      await repetition.stop();
      await flush();
    },
  };
}
