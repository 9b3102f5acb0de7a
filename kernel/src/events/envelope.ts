/** An event as it travels: CloudEvents 1.0 in JSON structured mode, https://github.com/cloudevents/spec (v1.0.2, section 3). */
export interface EventEnvelope<Data = unknown> {
  specversion: '1.0';
  /** UUIDv7; the same on every delivery, so consumers know a repeat by it. */
  id: string;
  /** `/polity/<subgraph>`. */
  source: string;
  /** `<subgraph>.<noun>.<past verb>`. */
  type: string;
  /** Id of the aggregate that the event is about; events of one aggregate keep their order. */
  subject: string;
  /** When it was recorded, RFC 3339 in UTC. */
  time: string;
  datacontenttype: 'application/json';
  /** Null for what belongs to no tenant. */
  tenantid: string | null;
  /**
   * Id of the person or application who did it. Whoever acts as somebody else counts as themselves; what a service does for a person, or in answer to
   * an event of theirs, counts as done by that person. Null where nobody did it: a job, a start, an anonymous viewer.
   */
  actorid: string | null;
  /** Request that caused it; null outside a request. */
  requestid: string | null;
  /** Id of the event that this one answers. */
  causationid?: string;
  /** W3C trace context of the cause. */
  traceparent?: string;
  dataschema?: string;
  data: Data;
}

const TYPE = /^[a-z][a-z0-9-]*(\.[A-Za-z][A-Za-z0-9_-]*)+$/;
const TYPE_PATTERN = /^(?:\*|[a-z][a-z0-9-]*)(\.[A-Za-z][A-Za-z0-9_-]*)*\.(\*|[A-Za-z][A-Za-z0-9_-]*)$/;

/** Throws `TypeError` unless the type has the form `<subgraph>.<noun>.<verb>`, which is also safe inside a NATS subject. */
export function assertEventType(type: string): void {
  if (!TYPE.test(type)) throw new TypeError(`"${type}" is not an event type such as "shop.order.placed"`);
}

/** Throws `TypeError` unless the pattern is an event type, a prefix that ends in `.*`, or a type of any subgraph, such as `*.order.placed`. */
export function assertTypePattern(pattern: string): void {
  if (!TYPE_PATTERN.test(pattern))
    throw new TypeError(`"${pattern}" is neither an event type nor a pattern such as "shop.*" or "*.order.placed"`);
}

const ofAny = (type: string): string => `*${type.slice(type.indexOf('.'))}`;

/** Whether one of the patterns is this type, is a prefix `a.*` of it, or is it for any subgraph (`*.b.c`). */
export function matchesType(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => {
    const told = pattern.startsWith('*.') ? ofAny(type) : type;
    return pattern.endsWith('.*') ? told.startsWith(pattern.slice(0, -1)) : pattern === told;
  });
}
