/** One property of a calendar file. */
export interface Property {
  name: string;
  parameters: ReadonlyMap<string, string>;
  value: string;
}

/** One component of a calendar file, such as a VEVENT; `problem` says why its properties were not read. */
export interface Component {
  name: string;
  properties: Property[];
  parts: Component[];
  problem: string | null;
}

const MAX_LINE = 65_536;
const MAX_DEPTH = 4;
const MAX_PROPERTIES = 1_000;
const TOO_DEEP = 'is nested too deeply';

/** Lines as they were before they were folded (RFC 5545 section 3.1), each character looked at once; null for one that is too long. */
function* unfolded(text: string): Generator<string | null, void> {
  let pieces: string[] = [];
  let length = 0;
  const whole = () => (length > MAX_LINE ? null : pieces.join(''));
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end);
    start = end + 1;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      length += line.length - 1;
      // What is too long is not even kept.
      if (length <= MAX_LINE) pieces.push(line.slice(1));
      continue;
    }
    if (pieces.length > 0 || length > 0) yield whole();
    pieces = [line];
    length = line.length;
    if (length > MAX_LINE) pieces = [];
  }
  if (pieces.length > 0 || length > 0) yield whole();
}

/** Where the value of a line begins: after the first colon that stands in no quotes. */
function colonOf(line: string): number {
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const character = line[index];
    if (character === '"') quoted = !quoted;
    else if (character === ':' && !quoted) return index;
  }
  return -1;
}

function propertyOf(line: string): Property | null {
  const colon = colonOf(line);
  if (colon < 1) return null;
  // A parameter that holds a semicolon in quotes is cut there; none that is read here does.
  const [name = '', ...rest] = line.slice(0, colon).split(';');
  const parameters = new Map<string, string>();
  for (const each of rest.slice(0, 50)) {
    const [key = '', value = ''] = each.split('=', 2);
    parameters.set(key.toUpperCase(), value.replaceAll('"', ''));
  }
  return { name: name.toUpperCase(), parameters, value: line.slice(colon + 1) };
}

/** Components of a file in their order, at any depth below the calendars that hold them; what is broken says so and holds up nothing else. */
export function* componentsOf(text: string): Generator<Component, void> {
  const open: Component[] = [];
  let depth = 0;
  for (const line of unfolded(text)) {
    const current = open.at(-1);
    if (line === null) {
      if (current) current.problem ??= 'has a line that is too long';
      continue;
    }
    const property = line.length > 0 ? propertyOf(line) : null;
    if (!property) continue;
    if (property.name === 'BEGIN') {
      depth += 1;
      if (depth > MAX_DEPTH) {
        if (current) current.problem ??= TOO_DEEP;
        continue;
      }
      open.push({ name: property.value.trim().toUpperCase(), properties: [], parts: [], problem: null });
    } else if (property.name === 'END') {
      if (depth > MAX_DEPTH) depth -= 1;
      else if (current) {
        depth -= 1;
        open.pop();
        const outer = open.at(-1);
        if (outer && outer.name !== 'VCALENDAR') outer.parts.push(current);
        else yield current;
      }
    } else if (current && current.properties.length < MAX_PROPERTIES) current.properties.push(property);
    else if (current) current.problem ??= 'has too many properties';
  }
  for (const left of open.reverse()) yield { ...left, problem: left.problem ?? 'does not end' };
}

/** Text without its escapes (RFC 5545 section 3.3.11). */
export const unescaped = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));

const escaped = (value: string): string =>
  value
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    // No other control character may stand in a file.
    .replace(/[^\P{Cc}\t]/gu, '');

/** A line whose value is text. */
export const textLine = (name: string, value: string | null | undefined): string[] =>
  value ? [`${name}:${escaped(value)}`] : [];

const OCTETS = 75;

/** A line in pieces of at most 75 octets, no character cut in two. */
export function folded(line: string): string {
  if (line.length * 3 <= OCTETS) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > OCTETS) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
