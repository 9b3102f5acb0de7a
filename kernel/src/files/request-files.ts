import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../clock.ts';
import { refuseWhileHolding } from '../db/holding.ts';
import { AppError } from '../graph/errors.ts';
import { uuidv7 } from '../ids.ts';
import type { KeyValueStore } from '../kv/store.ts';
import type { RequestInfo } from '../request/context.ts';
import { pathOfFile } from './address.ts';
import { type Arrived, arrivals, INCOMING } from './arrived.ts';
import type { UploadKind } from './kinds.ts';
import type { FileStore } from './store.ts';
import { type FileKeys, readUpload, type UploadGrant } from './token.ts';

/** Thrown for a token that stands for no upload which this viewer may still use here; the same for every cause. */
export class InvalidUpload extends AppError {
  constructor() {
    super('TOKEN_INVALID', 'This upload is unknown, not there yet, used or too old.');
  }
}

/** An upload that lies in the space of this subgraph now, and is kept once a verb takes it in its transaction. */
export interface ClaimedUpload {
  /** Name of the file, `<uuid>.<extension>`: what a row stores to refer to it. */
  name: string;
  kind: UploadKind;
  /** Media type by its bytes. */
  mediaType: string;
  bytes: number;
  /** SHA-256, hexadecimal. */
  sha256: string;
  tenantId: string;
  userId: string;
  /** The file from its beginning, outside of every transaction. Throws FilesUnavailable. */
  open(): Promise<Readable>;
  /** All of it, in memory: for what is small and read as a whole. */
  read(): Promise<Buffer>;
}

/** A file that a verb keeps in its transaction. */
export type KeptFile = Pick<ClaimedUpload, 'name' | 'kind' | 'bytes' | 'sha256' | 'tenantId' | 'userId'>;

/** What verbs do with files. */
export interface RequestFiles {
  /**
   * Makes an upload of the viewer this subgraph's, before the transaction that keeps it by `keepUpload`. Throws InvalidUpload, FilesUnavailable,
   * HoldsConnection.
   */
  claim(token: string, kind: UploadKind): Promise<ClaimedUpload>;
  /**
   * A file that a verb of the viewer made itself, such as a picture in another size: it lies in the space of this subgraph, and is kept like an upload. Throws
   * InvalidUpload for all but people in a tenant, FilesUnavailable, HoldsConnection.
   */
  make(kind: UploadKind, extension: string, content: Buffer): Promise<KeptFile>;
  /** Address of a file for whoever shall read it; null for null. With `seconds` it is over after so long, rounded up so that caches keep it. */
  address(name: string | null, seconds?: number): string | null;
  /** A file of this subgraph from its beginning; null where it is gone. Throws FilesUnavailable, HoldsConnection. */
  open(name: string): Promise<Readable | null>;
}

/** What a subgraph does that with. */
export interface FilePorts {
  store: FileStore;
  keys: FileKeys;
  kv: KeyValueStore;
  clock: Clock;
  /** Name of the subgraph: its space in the store. */
  space: string;
  publicUrl: string;
}

const keyOf = (space: string, name: string) => `${space}/${name}`;

function grantOf({ keys }: FilePorts, { viewer, tenantId }: RequestInfo, token: string, kind: UploadKind): UploadGrant {
  const grant = readUpload(keys.uploads, token);
  const isTheirs = grant?.tenantId === tenantId && viewer.kind === 'user' && grant.userId === viewer.id;
  if (!grant || !isTheirs || grant.kind !== kind) throw new InvalidUpload();
  return grant;
}

async function takeArrived({ store, kv, space }: FilePorts, { id }: UploadGrant): Promise<Arrived & { name: string }> {
  const found = await arrivals(kv).take(id, space);
  if (!found) throw new InvalidUpload();
  const name = `${id}.${found.extension}`;
  // In the space of a subgraph it is swept by what its database knows; in that of uploads, by its age.
  if (!(await store.move(`${INCOMING}/${found.key}`, keyOf(space, name)))) throw new InvalidUpload();
  return { ...found, name };
}

/** The files of one subgraph for one request. */
export function requestFiles(ports: FilePorts, request: RequestInfo): RequestFiles {
  const { store, keys, clock, space, publicUrl } = ports;
  const open = (name: string) => {
    refuseWhileHolding('the file store');
    return store.open(keyOf(space, name));
  };
  return {
    async claim(token, kind) {
      refuseWhileHolding('the file store');
      const { tenantId, userId, ...grant } = grantOf(ports, request, token, kind);
      const { name, mediaType, bytes, sha256 } = await takeArrived(ports, { tenantId, userId, ...grant });
      const stream = async () => {
        const found = await open(name);
        if (!found) throw new InvalidUpload();
        return found;
      };
      const read = async () => buffer(await stream());
      return { name, kind, mediaType, bytes, sha256, tenantId, userId, open: stream, read };
    },
    async make(kind, extension, content) {
      refuseWhileHolding('the file store');
      const { viewer, tenantId } = request;
      if (viewer.kind !== 'user' || !viewer.id || !tenantId) throw new InvalidUpload();
      const name = `${uuidv7()}.${extension}`;
      const parts = async function* () {
        yield content;
      };
      await store.put(keyOf(space, name), parts(), content.length);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { name, kind, bytes: content.length, sha256, tenantId, userId: viewer.id };
    },
    address(name, seconds) {
      if (name === null) return null;
      const until = seconds === undefined ? null : Math.ceil(clock.nowMs() / 1_000 / seconds + 1) * seconds;
      return publicUrl + pathOfFile(keys, keyOf(space, name), until);
    },
    open,
  };
}

const KEEP = `insert into file (name, tenant_id, kind, bytes, sha256, uploaded_by, created_at) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (name) do nothing returning 1`;

/**
 * Takes an upload in the transaction of a verb, which also stores its name in a column that `fileTableSql` was told of; of several that try, one
 * does. Throws InvalidUpload for one that was taken before.
 */
export async function keepUpload(tx: EntityManager, upload: KeptFile, at: Date): Promise<void> {
  const { name, tenantId, kind, bytes, sha256, userId } = upload;
  const kept = await tx.execute<unknown[]>(KEEP, [name, tenantId, kind, bytes, sha256, userId, at]);
  if (kept.length === 0) throw new InvalidUpload();
}
