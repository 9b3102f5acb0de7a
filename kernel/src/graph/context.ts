import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { AccessReader } from '../access/reader.ts';
import { tenantEm, type Walls } from '../db/orm.ts';
import { causeOf } from '../events/recorder.ts';
import { requestFiles } from '../files/request-files.ts';
import { NIL_UUID } from '../ids.ts';
import { childFor } from '../log/logger.ts';
import { anonymous, type ReplyNotes, type RequestInfo } from '../request/context.ts';
import { serviceClient } from '../service/client.ts';
import type { AnySubgraph, BaseContext, Runtime } from './subgraph.ts';
import type { Transport } from './transport.ts';

/** What contexts are made of; `orm` is null for a subgraph without a database. */
export interface ContextSource {
  definition: AnySubgraph;
  runtime: Runtime;
  ports: unknown;
  orm: MikroORM | null;
  transport: Transport;
  access: AccessReader;
  walls: Walls;
}

function emFor({ orm, walls }: ContextSource, { tenantId, onBehalfOf, viewer }: RequestInfo): EntityManager | null {
  return orm && tenantEm(orm, tenantId, onBehalfOf ?? viewer.id, walls);
}

const filePortsOf = ({ name: space, kv, clock, publicUrl }: Runtime) => ({ space, kv, clock, publicUrl });

/** The context of one request, or of work that no client asked for; `reply` collects what the gateway is told. */
export function contextFor(source: ContextSource, request: RequestInfo, reply: ReplyNotes = {}): BaseContext {
  const { definition, runtime, ports, transport, access } = source;
  const { tenantId, viewer } = request;
  let loaders: unknown;
  const context: BaseContext = {
    request,
    viewer,
    em: emFor(source, request) as EntityManager,
    access: access.forRequest(request, reply),
    services: serviceClient(transport, definition.name, request, reply),
    files: requestFiles({ ...runtime.files, ...filePortsOf(runtime) }, request),
    log: childFor(runtime.log, request),
    clock: runtime.clock,
    reply,
    tenantId: tenantId ?? NIL_UUID,
    cause: causeOf(request),
    accessOf(userId) {
      const other = { ...anonymous, kind: 'user', id: userId } as const;
      return access.forRequest({ ...request, viewer: other, stamp: null }, {});
    },
    inTenant(other) {
      if (other === tenantId) return context;
      const there = contextFor(source, { ...request, tenantId: other, stamp: null });
      const { forget } = there;
      // What is written there is read here, too.
      there.forget = () => {
        forget();
        context.forget();
      };
      return there;
    },
    get loaders() {
      loaders ??= definition.loaders?.(context);
      return loaders;
    },
    forget() {
      context.em?.clear();
      loaders = undefined;
    },
  };
  return Object.assign(context, definition.context?.(context, ports, runtime));
}
