import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '@polity/kernel/clock';
import type { Bus, Unsubscribe } from '@polity/kernel/events/bus';
import { AppError } from '@polity/kernel/graph/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Carrier, GatewayContext } from '../context.ts';
import type { DocumentReader } from '../documents/read.ts';
import { gatewayConsumers } from '../event-types.ts';
import type { PublishedWarmer } from '../graph/warm-published.ts';
import { LEAST_POINTS, payerOf, rateHeaders, TooManyOperations } from '../rate-limit.ts';
import { refuse } from '../refusals.ts';
import { allowances } from './allowances.ts';
import { type Asked, askedIn, askedOf, putText } from './asked.ts';
import { automaticQueries } from './automatic.ts';
import { clients } from './client.ts';
import { gate } from './gate.ts';
import { type Namespaces, type NamespacesOptions, namespaces } from './namespaces.ts';
import { statusOf } from './refusal.ts';
import { operationRegistry, type Registered } from './registry.ts';
import { type Usage, usage } from './usage.ts';

export interface PersistedOperationsOptions extends Omit<NamespacesOptions, 'onChange'> {
  bus: Bus;
  reader(): DocumentReader;
  warmer: PublishedWarmer;
}

/** Operations that clients name instead of sending them, and what each client may send. */
export interface PersistedOperations {
  /**
   * Puts the text of the operation that a request names into the request, or answers why it is not run. Must come before everything that
   * looks for a text.
   */
  prepare(
    request: FastifyRequest,
    reply: FastifyReply,
    carrierOf: () => Promise<Carrier>,
  ): Promise<FastifyReply | null>;
  /** Text of the operation that a message names, by the same rules; null where it names none. Throws coded AppErrors. */
  textOf(sent: object, headers: IncomingHttpHeaders, context: GatewayContext): Promise<string | null>;
  /** Texts of published operations that were asked for here, those that came last first. */
  texts(): Iterable<string>;
  /** Writes down what was used so far. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Payers that are remembered of each operation that is limited. */
const MAX_PAYERS = 10_000;

function answer(reply: FastifyReply, error: AppError, { operation }: Carrier): FastifyReply {
  const isLimited = error instanceof TooManyOperations;
  const standing = isLimited ? error.standing : operation.standing;
  if (standing) reply.headers(Object.fromEntries(rateHeaders(standing)));
  if (isLimited) return refuse(reply, 429, error);
  return refuse(reply, error.code === 'SUBGRAPH_UNAVAILABLE' ? 503 : statusOf(error), error);
}

/** What was published is known, and prepared, as soon as the event has been taken. */
function followChanges(bus: Bus, known: Namespaces, warmer: PublishedWarmer): Promise<Unsubscribe> {
  return bus.subscribe({
    ...gatewayConsumers.operations,
    async handle({ tenantid }) {
      if (!tenantid) return;
      known.forget(tenantid);
      await known.of(tenantid);
      await warmer.idle();
    },
  });
}

/** Notes that an operation is used, by a sender who may use it so often. What it returns throws TooManyOperations. */
function user(clock: Clock, uses: Usage) {
  const allowance = allowances(clock, MAX_PAYERS);
  return (tenantId: string, operation: Registered, context: GatewayContext): void => {
    const { key, usesPerMinute } = operation;
    if (usesPerMinute !== null) {
      const standing = { ...allowance(key, usesPerMinute).take(payerOf(context.request), 1), policy: 'operation' };
      if (standing.retryAfter !== null) throw new TooManyOperations(standing);
      context.uses = standing;
    }
    context.published = operation;
    uses.note(tenantId, key);
  };
}

export async function persistedOperations(options: PersistedOperationsOptions): Promise<PersistedOperations> {
  const { services, clock, log, bus, reader, warmer } = options;
  const known = namespaces({ ...options, onChange: warmer.note });
  const uses = usage(services, clock, log);
  const { of: clientOf } = clients(clock);
  const use = user(clock, uses);
  const registry = operationRegistry(services);
  const { admit } = gate({ registry, automatic: automaticQueries(), reader });
  const unsubscribe = await followChanges(bus, known, warmer);

  async function admitted(asked: Asked, headers: IncomingHttpHeaders, context: GatewayContext): Promise<string | null> {
    const { tenantId } = context.request;
    if (!tenantId) return asked.text;
    const claimed = headers['graphql-client-name'] as string | undefined;
    const client = clientOf(tenantId, await known.of(tenantId), context.applicationId, claimed);
    context.standings = client.pay(LEAST_POINTS);
    context.client = client;
    const found = await admit({ asked, context, client, tenantId });
    if (found?.registered) use(tenantId, found.registered, context);
    return found?.text ?? null;
  }

  async function put(request: FastifyRequest, { operation: context }: Carrier): Promise<void> {
    const asked = askedOf(request);
    const text = asked && (await admitted(asked, request.headers, context));
    if (asked && asked.id !== null && text !== null) putText(request, asked, text);
  }

  return {
    async prepare(request, reply, carrierOf) {
      // Apollo Server tells why there is none.
      const carrier = await carrierOf().catch(() => null);
      if (!carrier) return null;
      try {
        await put(request, carrier);
        return null;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return answer(reply, error, carrier);
      }
    },
    async textOf(sent, headers, context) {
      const asked = askedIn({ ...sent });
      return asked && admitted(asked, headers, context);
    },
    texts: registry.texts,
    flush: uses.flush,
    async close() {
      await unsubscribe();
      await uses.close();
    },
  };
}
