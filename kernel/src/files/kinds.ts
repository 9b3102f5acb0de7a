/** What a file is, found in its first bytes; never what its sender or its name says. */
export interface FileType {
  mediaType: string;
  extension: string;
  /** Whether browsers may show it in place: pictures that hold no code. */
  isInline: boolean;
  /** UTF-8 from the first byte to the last. */
  isText: boolean;
  matches(head: Buffer): boolean;
}

/** Bytes that are enough to know every type by. */
export const HEAD_BYTES = 64;

const begins = (head: Buffer, bytes: string, at = 0) => head.subarray(at).toString('latin1').startsWith(bytes);
/** Text without the mark that some programs put before it. */
const textOf = (head: Buffer) =>
  head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();

const picture = (extension: string, matches: FileType['matches'], mediaType = `image/${extension}`): FileType => ({
  mediaType,
  extension,
  isInline: true,
  isText: false,
  matches,
});
const textual = (mediaType: string, extension: string, matches: FileType['matches']): FileType => ({
  mediaType,
  extension,
  isInline: false,
  isText: true,
  matches,
});

const png = picture('png', (head) => begins(head, '\x89PNG\r\n\x1a\n'));
const jpeg = picture('jpg', (head) => begins(head, '\xff\xd8\xff'), 'image/jpeg');
const gif = picture('gif', (head) => begins(head, 'GIF87a') || begins(head, 'GIF89a'));
const webp = picture('webp', (head) => begins(head, 'RIFF') && begins(head, 'WEBP', 8));
const avif = picture('avif', (head) => begins(head, 'ftypavif', 4) || begins(head, 'ftypavis', 4));
const calendar = textual('text/calendar', 'ics', (head) => /^BEGIN:VCALENDAR\r?\n/i.test(textOf(head)));
const json = textual('application/json', 'json', (head) => /^[[{]/.test(textOf(head)));
// Any text is a table of at least one column; what begins like markup is none that anybody meant.
const csv = textual('text/csv', 'csv', (head) => /^[^<]/.test(textOf(head)));

const types = [png, jpeg, gif, webp, avif, calendar, json, csv];

/** What is uploaded, and within which bounds. */
interface Kind {
  /** Stands for the kind in a token; never given to another. */
  code: number;
  maxBytes: number;
  /** In the order in which they are tried. */
  types: readonly FileType[];
}

const MIB = 1024 * 1024;

/** The kinds of upload, by their names in the graph. */
const kinds = {
  IMAGE: { code: 1, maxBytes: 10 * MIB, types: [png, jpeg, webp, gif, avif] },
  CALENDAR: { code: 2, maxBytes: 10 * MIB, types: [calendar] },
  IMPORT: { code: 3, maxBytes: 50 * MIB, types: [json, csv] },
  MANIFEST: { code: 4, maxBytes: 10 * MIB, types: [json] },
} satisfies Record<string, Kind>;

export type UploadKind = keyof typeof kinds;

/** Names of all kinds. */
export const uploadKinds = Object.keys(kinds) as UploadKind[];

/** Bounds of a kind. */
export const boundsOf = (kind: UploadKind): Kind => kinds[kind];

/** The kind that stands in a token; null for a number that stands for none. */
export const kindOfCode = (code: number): UploadKind | null =>
  uploadKinds.find((name) => kinds[name].code === code) ?? null;

/** What the first bytes of a file make it; null for what this kind does not take. */
export const typeIn = (kind: UploadKind, head: Buffer): FileType | null =>
  boundsOf(kind).types.find(({ matches }) => matches(head)) ?? null;

/** The type of a stored file, by the end of its name, which was made of its bytes; null for no such name. */
export function typeOfName(name: string): FileType | null {
  const end = name.slice(name.lastIndexOf('.') + 1);
  return types.find(({ extension }) => extension === end) ?? null;
}
