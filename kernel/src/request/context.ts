/** Who is asking. A `service` is another part of Polity acting for itself; it is never a person. */
export type ViewerKind = 'anonymous' | 'user' | 'application' | 'service';

/** The one word for whoever asks: the same shape for people, applications, services and nobody. */
export interface Viewer {
  kind: ViewerKind;
  /** User id, application id or service name; null for anonymous. */
  id: string | null;
  sessionId: string | null;
  /** Authentication methods of this session, RFC 8176 names (`pwd`, `otp`, `hwk`, `user`). */
  amr: readonly string[];
  /** Authentication assurance of this session: `aal1` | `aal2`; null where there is no session. */
  acr: string | null;
  /** When the viewer last proved who they are, epoch seconds. */
  authTime: number | null;
  /** Approved OAuth scopes; null means not limited by scopes (a first-party session). */
  scopes: readonly string[] | null;
  /** Master flags that were live when the operation began. */
  flags: readonly string[];
}

/** What one request carries from the gateway to every subgraph (design section 5). */
export interface RequestInfo {
  requestId: string;
  /** Span of the gateway that this request belongs to (W3C Trace Context); absent outside a client's request. */
  traceparent?: string;
  /** Tenant of the request; null only where none could be found. */
  tenantId: string | null;
  viewer: Viewer;
  /** Stamp of the viewer's access set, read once per operation; null for viewers without one. */
  stamp: string | null;
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadline: number;
  /** Work that nobody waits for (boot, events, commands): its calls are not held to the patience of a request. */
  background?: boolean;
  /** The caller holds a database connection until this is answered, so nobody further is asked on the way. */
  held?: boolean;
  /** Id of the person whose request caused this call; null outside a request. */
  onBehalfOf: string | null;
  /** Address of the client, for throttles and audit; null between services. */
  address: string | null;
  /** What the client's language is of those that pages and mails have (`en`); absent where it says none that we have, and between services. */
  language?: string;
  /** Short description of the client's device, for sessions and audit. */
  device: string | null;
}

/** What a subgraph tells the gateway beside the data; consumed and stripped there, never shown to clients. */
export interface ReplyNotes {
  /** Stamp after a change of access in this request; later fetches of the operation must be at least this fresh. */
  stamp?: string;
  /** Session grant of the identity subgraph; the gateway listens to no other subgraph's. */
  session?: unknown;
}

export const anonymous: Viewer = {
  kind: 'anonymous',
  id: null,
  sessionId: null,
  amr: [],
  acr: null,
  authTime: null,
  scopes: null,
  flags: [],
};

/** Viewer of a call that a service makes for itself. */
export function serviceViewer(name: string): Viewer {
  return { ...anonymous, kind: 'service', id: name };
}

/** Header value of `x-polity-context`: base64url JSON. */
export function encodeRequestInfo(info: RequestInfo): string {
  return Buffer.from(JSON.stringify(info)).toString('base64url');
}

/** Inverse of `encodeRequestInfo`; call it only after the signature was verified. */
export function decodeRequestInfo(header: string): RequestInfo {
  return JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as RequestInfo;
}
