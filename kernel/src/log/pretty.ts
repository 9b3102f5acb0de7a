import type { DestinationStream } from 'pino';

const COLOURS: Record<string, number> = { trace: 90, debug: 90, info: 32, warn: 33, error: 31, fatal: 35 };
const INDENT = '\n    ';

interface LogLine {
  ts: string;
  level: string;
  service: string;
  msg?: string;
  err?: unknown;
  [field: string]: unknown;
}

function show(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

function causeOf(err: unknown): string {
  const { stack, message } = (err ?? {}) as { stack?: string; message?: string };
  const text = stack ?? message ?? (err === undefined ? '' : show(err));
  return text && INDENT + text.replaceAll('\n', INDENT);
}

/** One JSON log line as a person reads it: local time, level, service, message, fields, and the stack of an error below. */
export function prettyLine(json: string, colour: boolean): string {
  const { ts, level, service, msg, err, ...fields } = JSON.parse(json) as LogLine;
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const time = new Date(ts).toTimeString().slice(0, 8);
  const rest = Object.entries(fields)
    .map(([key, value]) => `${key}=${show(value)}`)
    .join(' ');
  const parts = [
    paint(90, time),
    paint(COLOURS[level] ?? 0, level.padEnd(5)),
    paint(36, service),
    msg,
    rest && paint(90, rest),
  ];
  return `${parts.filter(Boolean).join(' ')}${causeOf(err)}\n`;
}

/** A log destination that turns JSON lines into readable ones; `colour` adds ANSI colours. */
export function prettyStream(target: DestinationStream, colour: boolean): DestinationStream {
  return { write: (json) => target.write(prettyLine(json, colour)) };
}
