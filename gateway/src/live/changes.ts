import type { Bus, Unsubscribe } from '@polity/kernel/events/bus';
import { type EventEnvelope, matchesType } from '@polity/kernel/events/envelope';

/** What a subscription wants to hear of. */
export interface Interest {
  tenantId: string;
  types: readonly string[];
  /** Ids that an event must name, all of them. */
  ids: readonly string[];
}

/** Tells those who wait for it what happens. */
export interface Changes {
  /** Calls back for each event of interest, and for each that ends sessions of the person. Returns what ends that. */
  listen(interest: Interest, userId: string | null, callback: () => void): () => void;
  /** Watches these types from now on, in place of those before. */
  watch(types: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const SESSIONS_ENDED = 'identity.sessions.ended';

const personOf = ({ subject, data }: EventEnvelope) => (data as { userId?: string } | null)?.userId ?? subject;

/** Ids that an event names: its subject, which may be several joined by dots, and what its data says on the first level. */
function named({ subject, data }: EventEnvelope): Set<string> {
  const values = typeof data === 'object' && data !== null ? Object.values(data) : [];
  return new Set([...subject.split('.'), ...values.flat()].filter((value) => typeof value === 'string'));
}

/** Listeners by a key; a key without any is no entry. */
function listeners<Entry>() {
  const byKey = new Map<string, Set<Entry>>();
  return {
    of: (key: string): Iterable<Entry> => byKey.get(key) ?? [],
    add(key: string, entry: Entry) {
      const entries = byKey.get(key) ?? new Set<Entry>();
      byKey.set(key, entries.add(entry));
      return () => {
        if (entries.delete(entry) && entries.size === 0) byKey.delete(key);
      };
    },
  };
}

type Listener = Interest & { callback(): void };

const keyOf = (tenantId: string, id: string | undefined) => `${tenantId} ${id ?? ''}`;

/** One watch of the bus for all subscriptions of this process. An event costs what it names, not what is subscribed to. */
export function changesOn(bus: Bus): Changes {
  const byId = listeners<Listener>();
  const byPerson = listeners<() => void>();

  function tell(envelope: EventEnvelope): void {
    if (envelope.type === SESSIONS_ENDED) for (const callback of byPerson.of(personOf(envelope))) callback();
    if (envelope.tenantid === null) return;
    const ids = named(envelope);
    for (const id of [undefined, ...ids]) {
      for (const listener of byId.of(keyOf(envelope.tenantid, id))) {
        if (matchesType(listener.types, envelope.type) && listener.ids.every((each) => ids.has(each)))
          listener.callback();
      }
    }
  }

  let unwatch: Unsubscribe = async () => {};
  return {
    async watch(types) {
      const before = unwatch;
      unwatch = await bus.watch([...new Set([...types, SESSIONS_ENDED])], tell);
      await before();
    },
    close: () => unwatch(),
    listen(interest, userId, callback) {
      const forget = [byId.add(keyOf(interest.tenantId, interest.ids[0]), { ...interest, callback })];
      if (userId) forget.push(byPerson.add(userId, callback));
      return () => {
        for (const each of forget) each();
      };
    },
  };
}
