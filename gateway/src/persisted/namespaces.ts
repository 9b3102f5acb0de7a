import type { Clock } from '@polity/kernel/clock';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import type { Logger } from '@polity/kernel/log/logger';
import type { ServiceClient } from '@polity/kernel/service/client';
import { LRUCache } from 'lru-cache';

/** What clients may send, from the freest to the strictest. */
export const LEVELS = ['OPEN', 'LOG', 'SAFELIST', 'IDS_ONLY'] as const;
export type Level = (typeof LEVELS)[number];

/** Operations and limits of one application, or of all other clients of a tenant. */
export interface Namespace {
  /** Null for all clients that are no application's. */
  applicationId: string | null;
  level: Level;
  pointsPerMinute: number | null;
  maxCost: number | null;
  /** Whether one of its operations has limits of its own. */
  limitsOperations: boolean;
  /** Another one once its operations are others. */
  revision: number;
}

/** The namespaces of one tenant that differ from none at all, by application. */
export type TenantNamespaces = ReadonlyMap<string | null, Namespace>;

/** Knows the namespaces of tenants, five seconds late at most as long as their subgraph answers. */
export interface Namespaces {
  of(tenantId: string): Promise<TenantNamespaces>;
  /** Something changed there. */
  forget(tenantId: string): void;
}

const REMEMBER_MS = 5_000;
const MAX_TENANTS = 10_000;
/** Longest wait for the answer: which client may send what is no reason to keep everybody waiting. */
const NEWS_MS = 250;
const ASK = '{ _operationNamespaces }';

interface Known {
  namespaces: TenantNamespaces;
  /** As it was told, to see whether the store has it. */
  told: string;
  until: number;
}

export interface NamespacesOptions {
  services(tenantId: string): ServiceClient;
  /** Keeps the last answer, so that a gateway which starts while the subgraph is away is not laxer than before. */
  kv: KeyValueStore;
  clock: Clock;
  log: Logger;
  /** Hears of namespaces whose operations or limits are others than before, also when they are seen first. */
  onChange(tenantId: string, applicationId: string | null): void;
}

const byApplication = (all: readonly Namespace[]): TenantNamespaces =>
  new Map(all.map((each) => [each.applicationId, each]));

const changed = (all: readonly Namespace[], last: Known | undefined) =>
  all.flatMap(({ applicationId, revision }) =>
    last?.namespaces.get(applicationId)?.revision === revision ? [] : [applicationId],
  );

const keyOf = (tenantId: string) => `operations:namespaces:${tenantId}`;

/** What is awaited where it comes soon, else something else. */
function soonOr<Value>(awaited: Promise<Value>, otherwise: () => Promise<Value>): Promise<Value> {
  const { promise: late, resolve } = Promise.withResolvers<Value>();
  const timer = setTimeout(() => resolve(otherwise()), NEWS_MS);
  return Promise.race([awaited, late]).finally(() => clearTimeout(timer));
}

export function namespaces({ services, kv, clock, log, onChange }: NamespacesOptions): Namespaces {
  const known = new LRUCache<string, Known>({ max: MAX_TENANTS });
  const asking = new Map<string, Promise<TenantNamespaces>>();

  async function ask(tenantId: string): Promise<TenantNamespaces> {
    const { _operationNamespaces: all } = await services(tenantId).call<{ _operationNamespaces: Namespace[] }>(
      'operations',
      ASK,
    );
    const told = JSON.stringify(all);
    const last = known.get(tenantId);
    const isNews = last?.told !== told;
    const found = byApplication(all);
    known.set(tenantId, { namespaces: found, told, until: clock.nowMs() + REMEMBER_MS });
    for (const applicationId of changed(all, last)) onChange(tenantId, applicationId);
    if (isNews) await kv.set(keyOf(tenantId), told).catch(() => undefined);
    return found;
  }

  /** What was told last, here or to another gateway; nobody limited anything where nobody was told. */
  async function before(tenantId: string): Promise<TenantNamespaces> {
    const here = known.get(tenantId);
    if (here) return here.namespaces;
    const told = await kv.get(keyOf(tenantId)).catch(() => null);
    return byApplication(told ? (JSON.parse(told) as Namespace[]) : []);
  }

  async function askAndRemember(tenantId: string): Promise<TenantNamespaces> {
    try {
      return await ask(tenantId);
    } catch (error) {
      log.warn({ err: error }, 'limits of operations could not be read; those that were known hold');
      const namespaces = await before(tenantId);
      known.set(tenantId, { namespaces, told: '', until: clock.nowMs() + REMEMBER_MS });
      return namespaces;
    }
  }

  function askOnce(tenantId: string): Promise<TenantNamespaces> {
    const under = asking.get(tenantId) ?? askAndRemember(tenantId).finally(() => asking.delete(tenantId));
    asking.set(tenantId, under);
    return under;
  }

  return {
    async of(tenantId) {
      const fresh = known.get(tenantId);
      if (fresh && fresh.until > clock.nowMs()) return fresh.namespaces;
      return soonOr(askOnce(tenantId), () => before(tenantId));
    },
    forget(tenantId) {
      const entry = known.get(tenantId);
      if (entry) known.set(tenantId, { ...entry, until: 0 });
      // What is being answered may have been read before the change.
      asking.delete(tenantId);
    },
  };
}
