import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sign } from 'aws4';

/** The key that the server lets in. */
export const ACCESS = { accessKeyId: 'polity', secretAccessKey: 'a/secret+key' };
const BUCKET = '/bucket';
const PAGE = 100;

interface Stored {
  content: Buffer;
  writtenAt: Date;
}

/** Signs the same request with a library of others', from what it says that it signed (Signature Version 4). */
function isSigned(method: string, path: string, headers: IncomingHttpHeaders): boolean {
  const given = headers.authorization ?? '';
  const signed = /SignedHeaders=([^,]+)/.exec(given)?.[1]?.split(';') ?? [];
  const known = Object.fromEntries(signed.map((name) => [name, String(headers[name] ?? '')]));
  const [, region = ''] = /Credential=[^/]+\/\d+\/([^/]+)\/s3\/aws4_request/.exec(given) ?? [];
  const again = sign({ method, path, host: String(headers.host), headers: known, service: 's3', region }, ACCESS);
  const needed = ['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => signed.includes(name));
  return needed && again.headers?.Authorization === given;
}

function listing(files: ReadonlyMap<string, Stored>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const from = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
  const most = Math.min(PAGE, Number(query.get('max-keys') ?? PAGE));
  const found = [...files.keys()].filter((key) => key.startsWith(prefix) && key > from).sort();
  const page = found.slice(0, most);
  const entries = page.map((key) => {
    const { content, writtenAt } = files.get(key) as Stored;
    return `<Contents><Key>${key}</Key><LastModified>${writtenAt.toISOString()}</LastModified><Size>${content.length}</Size></Contents>`;
  });
  const isOver = page.length === found.length;
  const next = isOver
    ? ''
    : `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64')}</NextContinuationToken>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><KeyCount>${page.length}</KeyCount>
<IsTruncated>${!isOver}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`;
}

/** What an S3-compatible server answers to the requests that Polity makes, as the API reference of Amazon S3 has it; every signature is checked. */
export function s3Server() {
  const files = new Map<string, Stored>();
  const refuse = (response: ServerResponse, status: number, code: string) =>
    void response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);

  async function put(request: IncomingMessage, response: ServerResponse, key: string): Promise<void> {
    const source = request.headers['x-amz-copy-source'];
    if (source !== undefined) {
      const found = files.get(String(source).slice(`${BUCKET}/`.length));
      if (!found) return refuse(response, 404, 'NoSuchKey');
      files.set(key, { ...found, writtenAt: new Date() });
      return void response.end('<?xml version="1.0"?><CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>');
    }
    if (request.headers['content-length'] === undefined) return refuse(response, 411, 'MissingContentLength');
    // A body that breaks off throws here, and nothing is kept of it.
    files.set(key, { content: await buffer(request), writtenAt: new Date() });
    response.end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    if (!isSigned(method, url, headers)) return refuse(response, 403, 'SignatureDoesNotMatch');
    const { pathname, searchParams } = new URL(url, 'http://s3');
    if (pathname === BUCKET) return void response.end(listing(files, searchParams));
    if (!pathname.startsWith(`${BUCKET}/`)) return refuse(response, 404, 'NoSuchBucket');
    const key = pathname.slice(`${BUCKET}/`.length);
    if (method === 'PUT') return put(request, response, key);
    if (method === 'DELETE') {
      files.delete(key);
      return void response.writeHead(204).end();
    }
    const found = files.get(key);
    if (!found) return refuse(response, 404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': found.content.length });
    response.end(method === 'HEAD' ? undefined : found.content);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return {
    files,
    listen: async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as { port: number }).port;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
