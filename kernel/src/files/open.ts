import { join } from 'node:path';
import type { PlatformEnv } from '../config/env.ts';
import { diskFiles } from './disk.ts';
import { bucketOf, s3Files } from './s3.ts';
import type { FileStore } from './store.ts';

/** The file store of an installation: the bucket of S3_URL, else a folder in DATA_DIR that the processes of one machine share. Throws StartError. */
export function openFiles({
  S3_URL,
  S3_SECRET_KEY,
  DATA_DIR,
}: Pick<PlatformEnv, 'S3_URL' | 'S3_SECRET_KEY' | 'DATA_DIR'>): FileStore {
  return S3_URL ? s3Files(bucketOf(S3_URL, S3_SECRET_KEY)) : diskFiles(join(DATA_DIR, 'files'));
}
