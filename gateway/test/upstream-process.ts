// A provider of OpenID Connect in a process of its own. Its parent says by messages what it answers from now on.
import { OAuth2Server } from 'oauth2-mock-server';
import type { Answers } from './upstream-provider.ts';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, 'localhost');

let answers: Answers = {};

function apply(target: Record<string, unknown>, changes: Record<string, unknown> = {}): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete target[name];
    else target[name] = value;
  }
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The ID token with a signature that is not of this provider's key, or with none. */
function forged(token: string, how: 'signature' | 'none'): string {
  const [header, payload] = token.split('.');
  if (how === 'none') return `${base64({ alg: 'none', typ: 'JWT' })}.${payload}.`;
  return `${header}.${payload}.${Buffer.alloc(256, 7).toString('base64url')}`;
}

server.service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }) =>
  apply(token.payload, answers.claims),
);
server.service.on('beforeUserinfo', (answer: { body: Record<string, unknown> }) =>
  apply(answer.body, { sub: answers.claims?.sub ?? 'johndoe', ...answers.userinfo }),
);
server.service.on('beforeAuthorizeRedirect', ({ url }: { url: URL }) => {
  for (const [name, value] of Object.entries(answers.redirect ?? {})) url.searchParams.set(name, value);
});
server.service.on('beforeResponse', (answer: { body: Record<string, unknown>; statusCode: number }) => {
  if (answers.status) answer.statusCode = answers.status;
  if (answers.forge) answer.body.id_token = forged(String(answer.body.id_token), answers.forge);
});
process.on('message', (next: Answers) => {
  answers = next;
  process.send?.('heard');
});
process.on('disconnect', () => process.exit(0));
process.send?.({ issuer: server.issuer.url });
