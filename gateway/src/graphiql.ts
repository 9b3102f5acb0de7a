import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const require = createRequire(import.meta.url);
const packageFile = (name: string, file: string) => join(dirname(require.resolve(`${name}/package.json`)), file);
const ownFile = (file: string) => fileURLToPath(import.meta.resolve(`../assets/${file}`));

const JS = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

/** Everything the page loads, from installed packages and our own folder; nothing comes from outside. */
const ASSETS: Record<string, { file: string; type: string }> = {
  'react.js': { file: packageFile('react', 'umd/react.production.min.js'), type: JS },
  'react-dom.js': { file: packageFile('react-dom', 'umd/react-dom.production.min.js'), type: JS },
  'graphiql.js': { file: packageFile('graphiql', 'graphiql.min.js'), type: JS },
  'graphiql.css': { file: packageFile('graphiql', 'graphiql.css'), type: CSS },
  'examples.js': { file: ownFile('examples.js'), type: JS },
  'operations.js': { file: ownFile('operations.js'), type: JS },
  'page.js': { file: ownFile('page.js'), type: JS },
  'page.css': { file: ownFile('page.css'), type: CSS },
};

interface Asset {
  etag: string;
  plain: Buffer;
  packed: Buffer;
}

function readAsset(file: string): Asset {
  const plain = readFileSync(file);
  return { etag: `"${createHash('sha256').update(plain).digest('base64url')}"`, plain, packed: gzipSync(plain) };
}

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** What a fresh start puts in for people who look around; the password is printed at start too. */
const DEMO = {
  accounts: ['root@demo.test', 'admin@demo.test', 'alice@demo.test', 'bob@demo.test'],
  password: 'polity-demo-password',
};

/** `GET /` and its assets: GraphiQL with a session panel and example operations. */
export async function graphiqlRoutes(app: FastifyInstance, demoAccounts: boolean): Promise<void> {
  const page = readFileSync(ownFile('index.html'), 'utf8');
  app.get('/graphiql/demo.json', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send(demoAccounts ? DEMO : null),
  );
  app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-cache')
      .send(page),
  );
  for (const [name, { file, type }] of Object.entries(ASSETS)) {
    let asset: Asset | undefined;
    app.get(`/graphiql/${name}`, async ({ headers }, reply) => {
      asset ??= readAsset(file);
      reply.header('cache-control', 'no-cache').header('etag', asset.etag).header('vary', 'accept-encoding');
      if (headers['if-none-match'] === asset.etag) return reply.code(304).send();
      const packed = headers['accept-encoding']?.includes('gzip') === true;
      if (packed) reply.header('content-encoding', 'gzip');
      return reply.type(type).send(packed ? asset.packed : asset.plain);
    });
  }
}
