import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { landingPage, landings } from './landing.ts';

const SCRIPT = readFileSync(new URL('../../assets/account.js', import.meta.url), 'utf8');
// In a process of its own a subgraph takes signed requests only; these pages are for browsers.
const OPEN = { config: { open: true } };

const styleOf = (html: string) => /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function headersOf(html: string): Record<string, string> {
  const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; style-src ${hashOf(styleOf(html))}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`;
  return {
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

/** The pages behind mailed links. A GET changes nothing: each page acts through the graph when its button is pressed. */
export async function accountPages(app: FastifyInstance): Promise<void> {
  for (const [name, landing] of Object.entries(landings)) {
    const html = landingPage(landing);
    const headers = headersOf(html);
    app.get(`/account/${name}`, OPEN, async (_, reply) =>
      reply.headers(headers).type('text/html; charset=utf-8').send(html),
    );
  }
  app.get('/account/account.js', OPEN, async (_, reply) =>
    reply
      .headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' })
      .type('text/javascript; charset=utf-8')
      .send(SCRIPT),
  );
}
