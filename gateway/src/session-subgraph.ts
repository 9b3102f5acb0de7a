import type { UploadKind } from '@polity/kernel/files/kinds';
import { Conflict, NotFound, Unauthenticated } from '@polity/kernel/graph/errors';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { type BaseContext, defineSubgraph } from '@polity/kernel/graph/subgraph';
import { actorOf } from '@polity/kernel/request/acting';
import type { RequestInfo } from '@polity/kernel/request/context';
import { boundTenantOf, isMerelyVouched } from '@polity/kernel/request/vouched';
import { deadLetters, redriveDeadLetter } from './dead-letters.ts';
import { type ReplayInput, replayEvents } from './replay-events.ts';
import { lacksSecondFactor, SecondFactorRequired } from './second-factor.ts';
import type { SessionRecord } from './session/record.ts';
import type { RequestSession } from './session/request-session.ts';
import type { SessionStore } from './session/store.ts';
import type { TenantDirectory, TenantRef } from './tenant.ts';
import type { UploadPorts } from './uploads/ports.ts';
import { requestUpload } from './uploads/request-upload.ts';

/** What the gateway's own subgraph needs of the gateway it lives in. */
export interface SessionPorts {
  store: SessionStore;
  directory: TenantDirectory;
  /** Session of the request that a subgraph call belongs to. */
  sessionOf(request: RequestInfo): RequestSession | undefined;
  isMember(request: RequestInfo, tenantId: string): Promise<boolean>;
  uploads: UploadPorts;
  graphVersion(): string;
  /** Subgraphs beside the gateway's own. */
  subgraphs: readonly string[];
}

interface SessionContext extends BaseContext {
  ports: SessionPorts;
  session: RequestSession;
}

function asSession(record: SessionRecord, currentId: string | null) {
  return {
    id: record.id,
    createdAt: new Date(record.createdAt),
    lastSeenAt: new Date(record.lastSeenAt),
    device: record.device,
    address: record.address,
    methods: record.amr,
    current: record.id === currentId,
  };
}

async function sessions(userId: string, { viewer, ports }: SessionContext) {
  // A token or an administrator may act for a person, but their sessions are none of its business.
  if (viewer.kind !== 'user' || viewer.id !== userId || viewer.scopes !== null || actorOf(viewer) !== null) return null;
  if (isMerelyVouched(viewer)) return null;
  const records = await ports.store.list(userId);
  return records.sort((a, b) => b.createdAt - a.createdAt).map((record) => asSession(record, viewer.sessionId));
}

const SIGNED_OUT =
  'mutation($userId: ID!, $sessionIds: [ID!]!) { _browserSignedOut(userId: $userId, sessionIds: $sessionIds) }';

/** Has identity tell applications. The sign-out is done without it, so nobody waits, and while identity is away they are not told. */
function tellApplications({ services, log }: SessionContext, userId: string, sessionIds: readonly string[]): void {
  if (sessionIds.length === 0) return;
  services
    .call('identity', SIGNED_OUT, { userId, sessionIds })
    .catch((err: unknown) => log.warn({ err }, 'applications were not told of a sign-out'));
}

async function signOut(context: SessionContext): Promise<boolean> {
  const { session } = context;
  const record = session.current?.record;
  const ended = await session.signOut();
  if (record && ended) tellApplications(context, record.userId, [record.id]);
  return ended;
}

async function revokeSession(id: string, context: SessionContext) {
  const ended = await context.session.revoke(id);
  if (!ended) throw new NotFound('The session');
  tellApplications(context, ended.userId, [ended.id]);
  return asSession(ended, context.viewer.sessionId);
}

async function revokeOtherSessions(context: SessionContext): Promise<number> {
  const { session, ports } = context;
  const own = session.current?.record;
  const before = own ? await ports.store.list(own.userId) : [];
  const ended = await session.revokeOthers();
  const others = before.filter(({ id }) => id !== own?.id).map(({ id }) => id);
  if (own) tellApplications(context, own.userId, others);
  return ended;
}

async function switchTenant(slug: string, { ports, session, request, viewer }: SessionContext): Promise<TenantRef> {
  if (boundTenantOf(viewer) !== null)
    throw new Conflict('This session is valid in the tenant whose provider began it. Sign in to the other.');
  const tenant = await ports.directory.bySlug(slug.trim().toLowerCase());
  if (!tenant || !(await ports.isMember(request, tenant.id))) throw new NotFound('The tenant');
  if (lacksSecondFactor(tenant, viewer)) throw new SecondFactorRequired();
  await session.moveTo(tenant.id);
  return tenant;
}

const operatorPorts = ({ ports, services, log }: SessionContext) => ({ subgraphs: ports.subgraphs, services, log });

const resolvers = {
  Query: {
    graphVersion: (_: unknown, __: unknown, { ports }: SessionContext) => ports.graphVersion(),
    deadLetters: (_: unknown, asked: { subgraph?: string | null; first: number }, context: SessionContext) =>
      deadLetters(operatorPorts(context), asked),
  },
  Mutation: {
    signOut: (_: unknown, __: unknown, context: SessionContext) => signOut(context),
    revokeSession: (_: unknown, { id }: { id: string }, context: SessionContext) => revokeSession(id, context),
    revokeOtherSessions: (_: unknown, __: unknown, context: SessionContext) => revokeOtherSessions(context),
    redriveDeadLetter: (_: unknown, letter: { consumer: string; eventId: string }, context: SessionContext) =>
      redriveDeadLetter(operatorPorts(context), letter),
    replayEvents: (_: unknown, { input }: { input: ReplayInput }, context: SessionContext) =>
      replayEvents(operatorPorts(context), input, new Date()),
    requestUpload: (_: unknown, { kind }: { kind: UploadKind }, { ports, request }: SessionContext) =>
      requestUpload(ports.uploads, request, kind),
    switchTenant: (_: unknown, { slug }: { slug: string }, context: SessionContext) => switchTenant(slug, context),
  },
  User: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    sessions: ({ id }: { id: string }, _: unknown, context: SessionContext) => sessions(id, context),
  },
};

/** The gateway's own subgraph: what it alone knows of a person's sessions. */
export function sessionSubgraph(ports: SessionPorts) {
  return defineSubgraph<SessionContext, SessionPorts>({
    name: 'gateway',
    typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
    resolvers,
    access: { permissions: [], roles: [] },
    boot: async () => ports,
    context: ({ request }, bound) => {
      const session = bound.sessionOf(request);
      if (!session) throw new Unauthenticated();
      return { ports: bound, session };
    },
  });
}
