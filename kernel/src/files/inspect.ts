import { createHash } from 'node:crypto';
import { boundsOf, type FileType, HEAD_BYTES, typeIn, type UploadKind } from './kinds.ts';

/** Why a body is refused: it is larger than was said, or not of a type that this kind takes. */
export class UnfitUpload extends Error {
  readonly reason: 'size' | 'type';

  constructor(reason: 'size' | 'type') {
    super(reason === 'size' ? 'The file is too large.' : 'The file is not of a type that is taken here.');
    this.name = 'UnfitUpload';
    this.reason = reason;
  }
}

/** What is known of a body once it has passed. */
export interface Inspection {
  /** The body as it comes, a chunk at a time. Throws UnfitUpload at the first byte that does not fit. */
  body: AsyncIterable<Uint8Array>;
  /** Type, size and SHA-256 (hexadecimal) of what has passed. */
  result(): { type: FileType; bytes: number; sha256: string };
}

/** Throws unless the text goes on as UTF-8 without U+0000. */
function textReader() {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk?: Uint8Array) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new UnfitUpload('type');
    }
    if (chunk?.includes(0)) throw new UnfitUpload('type');
  };
}

/** Puts the first chunks together until there are enough bytes to know the type by. */
async function* withHead(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (head === null) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < HEAD_BYTES) continue;
      yield head;
      head = null;
    }
  }
  if (head && head.length > 0) yield head;
}

/** Looks at a body while it streams past: its type by its first bytes, its size, its digest; nothing of it is held. */
export function inspected(source: AsyncIterable<Uint8Array>, kind: UploadKind): Inspection {
  const { maxBytes } = boundsOf(kind);
  const hash = createHash('sha256');
  let type: FileType | null = null;
  let bytes = 0;
  async function* body(): AsyncGenerator<Uint8Array> {
    const readText = textReader();
    for await (const chunk of withHead(source)) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new UnfitUpload('size');
      type ??= typeIn(kind, chunk.subarray(0, HEAD_BYTES));
      if (!type) throw new UnfitUpload('type');
      if (type.isText) readText(chunk);
      hash.update(chunk);
      yield chunk;
    }
    if (type?.isText) readText();
  }
  return {
    body: body(),
    result() {
      if (!type) throw new UnfitUpload('type');
      return { type, bytes, sha256: hash.digest('hex') };
    },
  };
}
