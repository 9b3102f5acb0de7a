import { randomText } from './random-text.ts';

// Version, trace, parent and flags; of versions to come only what this one knows (W3C Trace Context, section 3.2).
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 0b1;

/**
 * The `traceparent` of work that a caller asked for: a span of our own in the caller's trace, or in a new one where the header is missing or
 * not valid. The caller's decision whether it is sampled is handed on as it is; `samples` says so of a new trace.
 */
export function continueTrace(header: string | undefined, samples = false): string {
  const [, version, trace, flags = '00', more] = TRACEPARENT.exec(header ?? '') ?? [];
  const valid = trace !== undefined && (version !== '00' || more === undefined);
  const random = randomText(24, 'hex');
  const sampled = valid ? (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED : samples;
  return `00-${valid ? trace : random.slice(0, 32)}-${random.slice(32)}-${sampled ? '01' : '00'}`;
}

/** The 32 hex digits by which every system names the trace. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);

/** The 16 hex digits of the span within its trace. */
export const spanIdOf = (traceparent: string): string => traceparent.slice(36, 52);

/** Whether spans of the trace are told. Takes a `traceparent` of ours. */
export const isSampled = (traceparent: string): boolean => traceparent.endsWith('1');

/** The span of a caller; null where the header names none. */
export const callerSpanOf = (header: string | undefined): string | null =>
  header !== undefined && TRACEPARENT.test(header) ? spanIdOf(header) : null;
