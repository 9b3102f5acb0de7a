import { createHash } from 'node:crypto';
import { type DestinationStream, destination, type Level, type Logger as PinoLogger, pino } from 'pino';
import type { RequestInfo } from '../request/context.ts';
import { traceIdOf } from '../request/trace.ts';
import { prettyStream } from './pretty.ts';
import { describeError, redact } from './redaction.ts';

/** A structured logger: `log.info({ fields }, 'message')`. Errors go in `err`. */
export type Logger = PinoLogger;
export type LogLevel = Level | 'silent';

export interface LoggerOptions {
  service: string;
  level?: LogLevel;
  /** Where lines go; standard output by default. */
  stream?: DestinationStream;
  /** One readable line per entry instead of JSON. */
  pretty?: boolean;
}

const BINDINGS = Symbol('bindings');
type Bindings = Record<string, unknown>;
type Bound = Logger & { [BINDINGS]?: Bindings };

// pino drops `formatters.bindings` for children; they inherit this `child` through their prototype. It also writes a key once more for each
// child that sets it again, which is no good JSON; such a child begins anew with what its parents had.
function orderChildren(log: Logger): Logger {
  const makeChild: typeof log.child = log.child;
  log.child = function child(this: Bound, bindings: object, options?: object) {
    const own = redact(bindings as Bindings);
    const known = this[BINDINGS] ?? {};
    const isAgain = Object.keys(own).some((key) => key in known);
    const [parent, fields] = isAgain ? [log, { ...known, ...own }] : [this, own];
    const made = makeChild.call(parent, fields, options) as unknown as Bound;
    made[BINDINGS] = { ...known, ...own };
    return made;
  } as unknown as typeof log.child;
  return log;
}

/** The time of a line. Writing a date takes as long as the rest of the line's head, so the part that is the same for a second is kept. */
function timestamps(): () => string {
  let [second, head] = [Number.NaN, ''];
  return () => {
    const now = Date.now();
    const ms = now % 1_000;
    if (now - ms !== second) {
      second = now - ms;
      head = `,"ts":"${new Date(second).toISOString().slice(0, -4)}`;
    }
    return `${head}${String(ms).padStart(3, '0')}Z"`;
  };
}

/** A logger that writes one JSON line per entry (`ts, level, service, msg, ...`), without the values of secret fields. */
export function createLogger({ service, level = 'info', stream, pretty = false }: LoggerOptions): Logger {
  const target = stream ?? destination({ dest: 1, sync: true });
  const colour = stream === undefined && process.stdout.isTTY === true;
  const log = pino(
    {
      level,
      base: null,
      timestamp: timestamps(),
      formatters: { level: (label) => ({ level: label }), log: redact },
      serializers: { err: describeError },
    },
    pretty ? prettyStream(target, colour) : target,
  );
  return orderChildren(log).child({ service });
}

/** The same viewer in all lines without naming them: the first 12 hex digits of the SHA-256 of their id. */
function viewerHash(id: string) {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}

/** A logger for one request: every line names its id, trace, tenant and (hashed) viewer. */
export function childFor(
  log: Logger,
  { requestId, traceparent, tenantId, viewer }: Pick<RequestInfo, 'requestId' | 'traceparent' | 'tenantId' | 'viewer'>,
): Logger {
  return log.child({
    requestId,
    ...(traceparent && { trace: traceIdOf(traceparent) }),
    ...(tenantId && { tenant: tenantId }),
    viewer: viewer.id ? `${viewer.kind}:${viewerHash(viewer.id)}` : viewer.kind,
  });
}
