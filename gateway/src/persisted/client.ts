import type { Clock } from '@polity/kernel/clock';
import { isUuid } from '@polity/kernel/ids';
import { type Standing, TooManyOperations } from '../rate-limit.ts';
import { allowances } from './allowances.ts';
import { LEVELS, type Level, type Namespace, type TenantNamespaces } from './namespaces.ts';

/** Which client sends a request, as far as its operations are concerned. */
export interface Client {
  /** The application whose operations are meant besides those of the tenant; null for none. */
  applicationId: string | null;
  level: Level;
  /** What one operation may cost, beside the limit of the installation; null for no limit. */
  maxCost: number | null;
  /** Whether an operation that it may mean has limits of its own, which then hold for its text as well. */
  limitsOperations: boolean;
  /** Changes with everything that was published for it. */
  revision: string;
  /** Takes points from what all clients of its kind have together, and says what is left. Throws TooManyOperations. */
  pay(points: number): readonly Standing[];
}

const UNLIMITED: Client = {
  applicationId: null,
  level: 'OPEN',
  maxCost: null,
  limitsOperations: false,
  revision: '',
  pay: () => [],
};

/** Works out which client sends a request; keeps the buckets of those whose points are limited. */
export interface Clients {
  /** `proven` is the application of the access token, `claimed` the one that the client calls itself. */
  of(tenantId: string, all: TenantNamespaces, proven: string | null, claimed: string | undefined): Client;
}

const strictest = (all: readonly Namespace[]): Level =>
  LEVELS.findLast((level) => all.some((each) => each.level === level)) ?? 'OPEN';

function least(values: readonly (number | null)[]): number | null {
  const given = values.filter((value) => value !== null);
  return given.length > 0 ? Math.min(...given) : null;
}

export function clients(clock: Clock): Clients {
  const allowance = allowances(clock, 1);

  function client(
    tenantId: string,
    applicationId: string | null,
    holding: readonly Namespace[],
    all: TenantNamespaces,
  ): Client {
    const limits = holding.flatMap(({ applicationId: id, pointsPerMinute }) =>
      pointsPerMinute === null ? [] : [allowance(`${tenantId}:${id}`, pointsPerMinute)],
    );
    const revisionOf = (id: string | null) => all.get(id)?.revision ?? 0;
    return {
      applicationId,
      level: strictest(holding),
      maxCost: least(holding.map(({ maxCost }) => maxCost)),
      limitsOperations: [applicationId, null].some((id) => all.get(id)?.limitsOperations),
      revision: `${applicationId === null ? 0 : revisionOf(applicationId)}.${revisionOf(null)}`,
      pay(points) {
        return limits.map((limit) => {
          const standing = { ...limit.take('', points), policy: 'application' };
          if (standing.retryAfter !== null) throw new TooManyOperations(standing);
          return standing;
        });
      },
    };
  }

  return {
    of(tenantId, all, proven, claimed) {
      if (all.size === 0) return UNLIMITED;
      // An application without operations and limits has no namespace, whatever a client calls itself.
      const own = all.get(proven ?? (isUuid(claimed) ? claimed : null));
      // Whoever only claims to be an application stays what they are besides, so that no claim loosens anything.
      const others = proven === null ? all.get(null) : undefined;
      const holding = [own, others].filter((each) => each !== undefined);
      return client(tenantId, own?.applicationId ?? null, [...new Set(holding)], all);
    },
  };
}
