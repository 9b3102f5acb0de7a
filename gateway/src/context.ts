import type { ViewerAccess } from '@polity/kernel/access/reader';
import type { Clock } from '@polity/kernel/clock';
import type { Reading } from '@polity/kernel/document/read';
import type { AppError } from '@polity/kernel/graph/errors';
import type { AnswerNotes } from '@polity/kernel/http/answers';
import type { Logger } from '@polity/kernel/log/logger';
import type { ReplyNotes, RequestInfo, Viewer } from '@polity/kernel/request/context';
import type { Client } from './persisted/client.ts';
import type { Registered } from './persisted/registry.ts';
import type { Standing } from './rate-limit.ts';
import type { RequestSession } from './session/request-session.ts';
import type { Verdict } from './shield/enforce.ts';
import type { ExecutorResult } from './shield/guarded.ts';

/** What Apollo Server carries for us: it copies the context of every operation, and a copy would not see the viewer change. */
export interface Carrier {
  operation: GatewayContext;
}

/** What one operation carries through the gateway: shield rules, data sources and plugins all read this. */
export interface GatewayContext {
  /** Handed to every subgraph call; replaced only through `adopt`. */
  request: RequestInfo;
  viewer: Viewer;
  access: ViewerAccess;
  notes: ReplyNotes;
  /** What the log will say of the answer. */
  answer: AnswerNotes;
  /** Application that the access token of the request was given to; null without one. */
  applicationId: string | null;
  /** Which client sends it, as far as its operations are concerned; null before that was worked out. */
  client: Client | null;
  /** Its text and document, where they were read before Apollo Server asks for them. */
  read: { text: string; reading: Reading } | null;
  /** The published operation that it is; null for any other. */
  published: Registered | null;
  session: RequestSession;
  /** The session proved fewer factors than the tenant wants, so it may only get or prove one. */
  readonly lacksFactor: boolean;
  /** Judges the operation again for whoever the viewer has become; null as long as nobody judged it. */
  authorizeAgain: (() => Promise<Verdict>) | null;
  /** The viewer for whom the operation was judged last. */
  judgedFor: Viewer | null;
  /** Root fields that fell when it was judged again; null before. */
  verdict: Verdict | null;
  /** `Set-Cookie` values to answer with; the last one counts. */
  cookies: string[];
  /** Aborted when the client goes before it was answered: nothing more is read for it then. What changes something is done to its end. */
  gone: AbortSignal;
  log: Logger;
  clock: Clock;
  /** What the operation costs at most, and may cost; null before its document and variables were found good. */
  cost: { cost: number; limit: number } | null;
  /** How whoever asks stands after what they paid; null where nobody is limited. */
  standing: Standing | null;
  /** How the clients of its application stand, where these are limited. */
  standings: readonly Standing[];
  /** How often its sender may still send the published operation that it is; null where nothing limits that. */
  uses: Standing | null;
  /** Span of the caller's, where spans are told; null without one. */
  callerSpan: string | null;
  /** Which subgraphs its plan asks, for people; null before it has one. */
  plan: string | null;
  /** Milliseconds from which on the log has a line with its plan. */
  slowMs: number;
  /** When its document was there, by `performance.now()`. */
  startedAt: number;
  /** What it comes to, where it was run without Apollo Server, which then only answers; null as long as it was not. */
  ran: Promise<ExecutorResult> | null;
  /** Bytes that subgraphs have answered so far. */
  received: number;
  /** Fetches of the query plan by subgraph, for the log line; those of one step travel as one call. */
  fetches: Record<string, number>;
  /** Goes on as another request: a new viewer, tenant or stamp. */
  adopt(next: RequestInfo): void;
  /** Decides nothing any more in this operation, because access does not answer; what was waited for once is not waited for again. */
  giveUpAccess(error: AppError): void;
  /** Whether whoever acts as the viewer still may; true where nobody does. Throws SUBGRAPH_UNAVAILABLE when it cannot be known. */
  actorMayAct(): Promise<boolean>;
  /** Takes points from whoever asks. Throws TooManyOperations. */
  pay(points: number): void;
  /** Takes points for work that nobody could weigh before; whoever has too few goes on, and is refused next time. */
  owe(points: number): void;
  /** Puts the viewer's live flags into the request. Throws SUBGRAPH_UNAVAILABLE when they cannot be read. */
  readFlags(): Promise<void>;
}
