import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { anonymous } from '@polity/kernel/testing/harness';
import { readConfig } from '../src/config.ts';
import { createMailer } from '../src/mail.ts';
import { mailTexts } from '../src/mails/mails.ts';
import { type IdentityWorld, PASSWORD, SIGN_UP, startIdentity } from './harness.ts';

/** A mail server of this process that keeps what it is sent: as much of RFC 5321 as a client needs to hand a mail over. */
async function smtpSink() {
  const received: string[] = [];
  const arrivals: (() => void)[] = [];
  const server = createServer((socket) => {
    let pending = '';
    let data = false;
    const answerTo = (line: string): string | null => {
      if (data) {
        if (line !== '.') return null;
        data = false;
        for (const arrived of arrivals.splice(0)) arrived();
        return '250 kept';
      }
      data = line === 'DATA';
      if (data) return '354 go on';
      return line === 'QUIT' ? '221 bye' : '250 ok';
    };
    socket.setEncoding('utf8').write('220 sink\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const lines = (pending + chunk).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        received.push(line);
        const answer = answerTo(line);
        if (answer) socket.write(`${answer}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const arrival = () => new Promise<void>((resolve) => void arrivals.push(resolve));
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { received, arrival, url: `smtp://127.0.0.1:${port}`, close };
}

let world: IdentityWorld;
let sink: Awaited<ReturnType<typeof smtpSink>>;
beforeAll(async () => {
  sink = await smtpSink();
  world = await startIdentity({ env: { SMTP_URL: sink.url, MAIL_FROM: 'Polity <hello@polity.test>' } });
});
afterAll(async () => {
  await world.close();
  await sink.close();
});

test('with a mail server mails are sent in both forms, and none is kept', async () => {
  const arrived = sink.arrival();
  await world.data(anonymous, SIGN_UP, { input: { email: 'ada@people.test', password: PASSWORD } });
  await arrived;
  const sent = sink.received.join('\n');
  for (const part of ['MAIL FROM:<hello@polity.test>', 'RCPT TO:<ada@people.test>', 'Subject: Activate your account'])
    expect(sent).toContain(part);
  expect(sent).toContain('Content-Type: text/plain');
  expect(sent).toContain('Content-Type: text/html');
  expect(world.mails()).toEqual([]);
});

test('a mail server that does not answer fails no sign-up', async () => {
  const { runtime } = world.subgraph('identity');
  const config = { ...readConfig({}), smtpUrl: 'smtp://127.0.0.1:9' };
  const mailer = createMailer(config, runtime.log, world.clock, false);
  expect(() => mailer.send({ to: 'a@people.test', subject: 's', text: 't', html: 'h', links: [] })).not.toThrow();
  mailer.close();
});

test('what people call things cannot become markup', () => {
  const tenant = { slug: 'acme', name: '<b>"Acme"&</b>', accentColor: '"><b>' };
  const reader = { to: 'a@people.test', language: 'en', tenant } as const;
  const mail = mailTexts('http://localhost:4000').invitation(reader, 'polity_in_x', '<b>Grace</b>');
  expect(mail.html).toContain('&lt;b&gt;&quot;Acme&quot;&amp;&lt;/b&gt;');
  expect(mail.html).toContain('&lt;b&gt;Grace&lt;/b&gt;');
  expect(mail.html).not.toContain('<b>');
});

test('every problem of the configuration is named', () => {
  expect(() => readConfig({ SMTP_URL: 'http://mail', SECRET_KEY_IDS: 'k1,,k2' })).toThrow(
    /SMTP_URL must be a URL[\s\S]*SECRET_KEY_IDS must be names/,
  );
  expect(readConfig({ SMTP_URL: '' })).toMatchObject({ smtpUrl: undefined, secretKeyIds: ['k1'] });
});
