// What schema/operations/home.graphql costs the whole of Polity in one process, by its id and signed in: time to answer, CPU, and size of the answer.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { ask, load, percentile, startOneProcess } from '../one-process.ts';

const SECONDS = 5;
const ROUNDS = 3;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }';
const HOME = readFileSync(new URL('../../schema/operations/home.graphql', import.meta.url), 'utf8');
const FOUR_WEEKS_MS = 28 * 86_400_000;

const polity = await startOneProcess();
try {
  const signIn = async (name: string) => {
    const input = { email: `${name}@demo.test`, password: 'polity-demo-password' };
    return (await ask(polity.url, SIGN_IN, { variables: { input } })).cookie;
  };
  const [admin, cookie] = [await signIn('admin'), await signIn('alice')];
  const documentId = hash('sha256', HOME);
  await ask(polity.url, PUBLISH, { cookie: admin, variables: { input: { manifest: { [documentId]: HOME } } } });
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1', cookie };
  let bytes = 0;
  const send = async () => {
    const variables = { from: new Date(), to: new Date(Date.now() + FOUR_WEEKS_MS) };
    const text = await (
      await fetch(polity.url, { method: 'POST', headers, body: JSON.stringify({ documentId, variables }) })
    ).text();
    if (text.includes('"errors"')) throw new Error(text.slice(0, 300));
    bytes = text.length;
  };
  await load(4, 3, send);
  console.log(
    `load average ${loadavg()[0]?.toFixed(1)}, ${ROUNDS} rounds of ${SECONDS} s each, answer of ${bytes} bytes`,
  );
  console.log('lanes'.padEnd(6), 'p50 ms'.padStart(8), 'p95 ms'.padStart(8), 'CPU ms/op'.padStart(10));
  for (const lanes of [1, 8]) {
    const times: number[] = [];
    const before = polity.cpuMs();
    for (let round = 0; round < ROUNDS; round++) times.push(...(await load(lanes, SECONDS, send)));
    const cpu = (polity.cpuMs() - before) / times.length;
    times.sort((a, b) => a - b);
    const columns = [percentile(times, 0.5).toFixed(1), percentile(times, 0.95).toFixed(1)];
    console.log(String(lanes).padEnd(6), ...columns.map((column) => column.padStart(8)), cpu.toFixed(2).padStart(10));
  }
} finally {
  await polity.stop();
}
