import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { html } from '@polity/kernel/pages/html';
import { page } from '@polity/kernel/pages/page';
import { personRequest } from '@polity/kernel/request/acting';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from './context.ts';
import { unsubscribe } from './domain/notification/setting.service.ts';
import { recipientOf } from './domain/notification/unsubscribe-token.ts';
import type { Ports } from './ports.ts';
import { publicFeed } from './public-feed.ts';

interface Asked {
  Params: { token: string };
}

const PATH = '/notifications/unsubscribe/:token';
const OPEN = { config: { open: true } };
const FORM_LIMIT = 1_024;
const FRAME = { language: 'en', site: 'Polity', accent: null };

const ask = page(
  { ...FRAME, title: 'Stop mails' },
  html`<p>No more notifications will be mailed to you. You find them in your list all the same.</p><form method="post"><button>Stop mails</button></form>`,
);
const done = page({ ...FRAME, title: 'Mails are stopped' }, html`<p>No more notifications are mailed to you.</p>`);

const show = (reply: FastifyReply, { headers, text }: typeof ask) =>
  reply.headers({ ...headers, 'x-robots-tag': 'noindex' }).send(text);

/**
 * The link of every mailed notification, for who is not signed in: a page that asks, as programs open links to look at them, and the
 * form that does it, which mail programs send by themselves (RFC 8058).
 */
async function unsubscribeRoutes(app: FastifyInstance, ports: Ports, open: OpenContext<Context>): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const form = { parseAs: 'string', bodyLimit: FORM_LIMIT } as const;
    // What it says is always the same.
    scope.addContentTypeParser('*', form, (_request, _body, parsed) => parsed(null, null));
    scope.get<Asked>(PATH, OPEN, async ({ params }, reply) =>
      recipientOf(ports.unsubscribeKey, params.token) ? show(reply, ask) : reply.callNotFound(),
    );
    scope.post<Asked>(PATH, OPEN, async ({ params }, reply) => {
      const recipient = recipientOf(ports.unsubscribeKey, params.token);
      if (!recipient) return reply.callNotFound();
      await unsubscribe(open(personRequest(recipient.tenantId, recipient.userId)), recipient.userId);
      return show(reply, done);
    });
  });
}

/** HTTP beside the graph: the end of mails, and what everybody may read. */
export async function routes(
  app: FastifyInstance,
  runtime: Runtime,
  ports: Ports,
  open: OpenContext<Context>,
): Promise<void> {
  await unsubscribeRoutes(app, ports, open);
  publicFeed(app, runtime, open);
}
