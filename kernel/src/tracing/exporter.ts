import { request } from 'undici';
import type { Logger } from '../log/logger.ts';
import { metrics } from '../metrics/metrics.ts';
import { every } from '../process/every.ts';

/** What a span is to the one who asked for it, in the numbers of OTLP. */
export const KIND = { server: 2, client: 3 } as const;
const FAILED = 2;

/** A span that has ended; ids are hex, times epoch milliseconds. */
export interface EndedSpan {
  /** Part of Polity in which it was. */
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: (typeof KIND)[keyof typeof KIND];
  startMs: number;
  endMs: number;
  attributes: Readonly<Record<string, string | number>>;
  failed: boolean;
}

export interface SpanExporter {
  add(span: EndedSpan): void;
  /** Sends what waits. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const EVERY_MS = 1_000;
/** Spans that wait; further ones are dropped and counted. */
const MAX_WAITING = 8_192;
const AT_A_TIME = 512;
const SEND_MS = 5_000;

const nanos = (ms: number) => `${Math.round(ms * 1_000)}000`;

const attributesOf = (attributes: EndedSpan['attributes']) =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(Math.round(value)) },
  }));

const spanOf = ({ traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, failed }: EndedSpan) => ({
  traceId,
  spanId,
  ...(parentSpanId && { parentSpanId }),
  name,
  kind,
  startTimeUnixNano: nanos(startMs),
  endTimeUnixNano: nanos(endMs),
  attributes: attributesOf(attributes),
  status: failed ? { code: FAILED } : {},
});

/** Spans as OTLP has them in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
function otlp(spans: readonly EndedSpan[]): string {
  const resourceSpans = [...Map.groupBy(spans, ({ service }) => service)].map(([service, ofService]) => ({
    resource: { attributes: attributesOf({ 'service.name': service, 'service.namespace': 'polity' }) },
    scopeSpans: [{ scope: { name: 'polity' }, spans: ofService.map(spanOf) }],
  }));
  return JSON.stringify({ resourceSpans });
}

/** Sends spans to `<endpoint>/v1/traces` once a second. A collector that is away costs spans, and nobody waits for it. */
export function spanExporter(endpoint: string, log: Logger): SpanExporter {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  let waiting: EndedSpan[] = [];

  async function send(spans: readonly EndedSpan[]): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(SEND_MS);
    try {
      const { statusCode, body } = await request(url, { method: 'POST', headers, body: otlp(spans), signal });
      await body.dump();
      if (statusCode >= 300) throw new Error(`status ${statusCode}`);
    } catch (error) {
      metrics().spansDropped.inc(spans.length);
      log.warn({ err: error, spans: spans.length }, 'spans could not be sent to the collector');
    }
  }

  async function flush(): Promise<void> {
    const ended = waiting;
    waiting = [];
    for (let from = 0; from < ended.length; from += AT_A_TIME) await send(ended.slice(from, from + AT_A_TIME));
  }

  const repetition = every(EVERY_MS, flush);
  return {
    add(span) {
      if (waiting.length < MAX_WAITING) waiting.push(span);
      else metrics().spansDropped.inc();
    },
    flush,
    async close() {
      await repetition.stop();
      await flush();
    },
  };
}
