import { arrivals, INCOMING } from '../files/arrived.ts';
import { inspected } from '../files/inspect.ts';
import type { UploadKind } from '../files/kinds.ts';
import { fileKeys, signUpload } from '../files/token.ts';
import { uuidv7 } from '../ids.ts';
import type { World } from './harness.ts';

/** A picture of one pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** An upload of a person that is there, as it is once the gateway has received it; returns the token that a verb takes. */
export async function uploaded(
  { platform, clock, tenantId }: World,
  userId: string,
  kind: UploadKind = 'IMAGE',
  content: Buffer = onePixel,
): Promise<string> {
  if (!tenantId) throw new Error('an upload is sent in a tenant');
  const id = uuidv7();
  const key = `${id}.${'0'.repeat(16)}`;
  const place = arrivals(platform.kv);
  const parts = async function* () {
    yield content;
  };
  const { body, result } = inspected(parts(), kind);
  await place.begin(id, key);
  await platform.files.put(`${INCOMING}/${key}`, body, content.length);
  const { type, bytes, sha256 } = result();
  await place.finish(id, key, { key, kind, mediaType: type.mediaType, extension: type.extension, bytes, sha256 });
  const grant = { id, tenantId, userId, kind, expiresAt: clock.nowMs() + 900_000 };
  return signUpload(fileKeys(platform.masterSecret).uploads, grant);
}
