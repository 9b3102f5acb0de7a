// How long it takes to publish a manifest of 10,000 operations over HTTP as a client's build does it: in parts, each tried before the first is published.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { operationsLine } from '../../tools/operations-command.ts';
import { ask, startOneProcess } from '../one-process.ts';

const SIZE = 10_000;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const TOKEN = 'mutation ($input: CreatePersonalTokenInput!) { createPersonalToken(input: $input) { secret } }';
const FEED =
  '{ posts(first: 20) { edges { node { id title createdAt author { id displayName username } } cursor } pageInfo { hasNextPage endCursor } } }';

const polity = await startOneProcess();
const folder = await mkdtemp(join(tmpdir(), 'polity-publish-'));
try {
  const input = { email: 'admin@demo.test', password: 'polity-demo-password' };
  const { cookie } = await ask(polity.url, SIGN_IN, { variables: { input } });
  const wanted = { name: 'bench', scopes: ['operations.write'] };
  const { text } = await ask(polity.url, TOKEN, { cookie, variables: { input: wanted } });
  const token = JSON.parse(text).data.createPersonalToken.secret as string;
  const manifest = Object.fromEntries(Array.from({ length: SIZE }, (_, n) => [`bench-${n}`, `query Q${n} ${FEED}`]));
  const file = join(folder, 'persisted.json');
  await writeFile(file, JSON.stringify(manifest));
  for (const what of ['the first time', 'again']) {
    const [start, before] = [performance.now(), polity.cpuMs()];
    const said = await operationsLine(['publish', file, '--url', polity.url, '--token', token]);
    const seconds = (performance.now() - start) / 1_000;
    const cpu = (polity.cpuMs() - before) / 1_000;
    console.log(
      `${what}: ${said}; ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU in Node, load average ${loadavg()[0]?.toFixed(1)}`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
  await polity.stop();
}
