import type { EntityManager } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { DocumentNode } from 'graphql';
import type { AccessDeclaration } from '../access/catalogue.ts';
import type { AccessReader, ViewerAccess } from '../access/reader.ts';
import type { ScopedRows } from '../access/removed-scopes.ts';
import type { Clock } from '../clock.ts';
import type { OrmDefinition } from '../db/orm.ts';
import type { ConcernsOf } from '../duties/concerns.ts';
import type { ContentType } from '../duties/content.ts';
import type { PeopleDuty } from '../duties/people.ts';
import type { Bus } from '../events/bus.ts';
import type { PublishedEvents } from '../events/catalogue.ts';
import type { Handling } from '../events/consumer.ts';
import type { PublishedCatalogue } from '../events/published.ts';
import type { Cause } from '../events/recorder.ts';
import type { RequestFiles } from '../files/request-files.ts';
import type { FileStore } from '../files/store.ts';
import type { FileKeys } from '../files/token.ts';
import type { Outbound } from '../http/outbound.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Retention } from '../jobs/retention.ts';
import type { KeyValueStore } from '../kv/store.ts';
import type { Logger } from '../log/logger.ts';
import type { ReplyNotes, RequestInfo, Viewer } from '../request/context.ts';
import type { ServiceClient } from '../service/client.ts';

/** What every resolver and verb of every subgraph can rely on. */
export interface BaseContext<Loaders = unknown> {
  request: RequestInfo;
  viewer: Viewer;
  /** EntityManager of this request, with both tenancy walls set. */
  em: EntityManager;
  /** What the viewer may do, compiled and cached; one load per request. */
  access: ViewerAccess;
  services: ServiceClient;
  /** Uploads of the viewer and files of this subgraph. */
  files: RequestFiles;
  log: Logger;
  clock: Clock;
  /** What to tell the gateway beside the data. */
  reply: ReplyNotes;
  /** Tenant of the request; the nil UUID, which no tenant has, where none was found. */
  tenantId: string;
  /** What events of this request say about where they come from. */
  cause: Cause;
  /** What another person than the viewer may do in the tenant of the request. */
  accessOf(userId: string): ViewerAccess;
  /** The same request in another tenant, or in none: its own manager, access, services and loaders. Its reply is told to nobody. */
  inTenant(tenantId: string | null): this;
  /** Batch reads, remembered until the next write of the request. */
  readonly loaders: Loaders;
  /** Drops what was read in this request; `write` calls it, so that no later field shows what was there before. */
  forget(): void;
}

/** Opens a context for work outside an operation; `request/acting.ts` makes requests for a service, an event or a person. */
export type OpenContext<Context> = (request: RequestInfo) => Context;

/** What the process gives a subgraph when it starts; tests hand in a manual clock and their own stores. */
export interface Runtime {
  name: string;
  log: Logger;
  clock: Clock;
  kv: KeyValueStore;
  /** Where files are, and the keys by which uploads and addresses are signed. */
  files: { store: FileStore; keys: FileKeys };
  bus: Bus;
  /** Environment variables of the process; only a subgraph's `config.ts` reads them. */
  env: Record<string, string | undefined>;
  /** The installation's key as base64url, from which every other key is derived (decision 0012). */
  masterSecret: string;
  /** EntityManager for work outside a request (consumers, boot, commands), in the walls of one tenant or of none. */
  em(tenantId: string | null): EntityManager;
  services(tenantId: string | null): ServiceClient;
  /** The only way to an address that somebody else chose. */
  outbound: Outbound;
  access: AccessReader;
  /** Where access stamps live, which only the access subgraph writes, and the epoch of tokens, which identity does. */
  stamps: KeyValueStore;
  /** Base address of the installation as people see it, without a trailing slash. */
  publicUrl: string;
  production: boolean;
}

/**
 * An effect of others' events: once per event in one transaction with its inbox row, or repeatable in transactions of its own. The context acts as the
 * subgraph in the tenant of the event, for the person who caused it.
 */
export type ConsumerDefinition<Context> = Handling<[ctx: Context]> & {
  name: string;
  /** Types or patterns; a function where the catalogue says which. */
  types: readonly string[] | ((published: PublishedCatalogue) => readonly string[]);
};

/** One domain: its contract, its door and its rooms. `Ports` is what `boot` opens once per process. */
export interface SubgraphDefinition<Context extends BaseContext = BaseContext, Ports = unknown> {
  name: string;
  /** The contract; its `@guard` lines say who may ask for what. */
  typeDefs: DocumentNode;
  resolvers: Record<string, unknown>;
  access: AccessDeclaration;
  orm?: OrmDefinition;
  /** Opens what lives as long as the process: queues, mailers, caches. */
  boot?(runtime: Runtime): Promise<Ports>;
  /** Makes the batch reads of a context, when one is first asked for. */
  loaders?(ctx: Context): Context['loaders'];
  /** What contexts of this subgraph hold beside those of every other. */
  context?(base: BaseContext, ports: Ports, runtime: Runtime): Omit<Context, keyof BaseContext>;
  /** Query fields that are answered without the database; operations of only these open no transaction. */
  withoutDatabase?: readonly string[];
  /** What it publishes; of an event that is not there, or not so, none can be recorded but in production. */
  events?: PublishedEvents;
  consumers?: ConsumerDefinition<Context>[];
  /** Work without a client, by interval or enqueued by verbs; each runs in one process at a time. */
  jobs?: readonly JobDefinition<NoInfer<Ports>, NoInfer<Context>>[];
  /** Every column that names a person, for the export and the erasure of one. */
  people?: PeopleDuty;
  /** The types that people write, for moderation, search and translation. */
  content?: readonly ContentType[];
  /** Whom the events of this subgraph concern, for notifications. */
  concerns?: ConcernsOf<Context>;
  /** Whether it keeps files: its migrations have `fileTableSql`, and what nothing refers to is swept. */
  keepsFiles?: boolean;
  /** What goes when the community or team where it is is removed. */
  scoped?: readonly ScopedRows[];
  /** What grows here, and how long it is kept; removed once an hour. */
  retention?(runtime: Runtime): readonly Retention[];
  /** Work to do once everything this subgraph calls is there. */
  ready?(runtime: Runtime, ports: Ports): Promise<void>;
  /** Puts this subgraph's part of the demo data in; idempotent, never called in production. */
  seed?(runtime: Runtime, ports: Ports, open: OpenContext<Context>): Promise<void>;
  routes?(app: FastifyInstance, runtime: Runtime, ports: Ports, open: OpenContext<Context>): Promise<void>;
  close?(ports: Ports): Promise<void>;
}

/** Declares a subgraph; a function only so that the types of context and ports are inferred. */
export function defineSubgraph<Context extends BaseContext, Ports>(
  definition: SubgraphDefinition<Context, Ports>,
): SubgraphDefinition<Context, Ports> {
  return definition;
}

/** Any subgraph, where context and ports do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a list of subgraphs holds different contexts and ports
export type AnySubgraph = SubgraphDefinition<any, any>;
