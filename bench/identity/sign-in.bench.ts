// Sign-ins through the gateway while others read: floors of issue "Identity, complete": 25 sign-ins per second and core, others p95 under 50 ms.
import { cpus, loadavg } from 'node:os';
import { ask, load, percentile, startOneProcess } from '../one-process.ts';

const SECONDS = 8;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const READ = '{ me { displayName } tenant { name } }';
const people = ['root', 'admin', 'alice', 'bob'];
const byte = () => Math.floor(Math.random() * 254) + 1;

const polity = await startOneProcess();
try {
  let next = 0;
  const signIn = () => {
    const email = `${people[next++ % people.length]}@demo.test`;
    const variables = { input: { email, password: 'polity-demo-password' } };
    return ask(polity.url, SIGN_IN, { variables, address: `10.${byte()}.${byte()}.${byte()}` });
  };
  const { cookie } = await signIn();
  const read = () => ask(polity.url, READ, { cookie });
  await load(4, 2, read);
  const alone = await load(2, SECONDS, read);
  const before = polity.cpuMs();
  const [signIns, beside] = await Promise.all([load(4, SECONDS, signIn), load(2, SECONDS, read)]);
  const cpu = polity.cpuMs() - before;
  console.log(`load average ${loadavg()[0]?.toFixed(1)}, ${cpus().length} cores, client on the same machine`);
  console.log(
    `sign-ins per second ${(signIns.length / SECONDS).toFixed(1)}  p50 ${percentile(signIns, 0.5).toFixed(0)} ms  p95 ${percentile(signIns, 0.95).toFixed(0)} ms`,
  );
  console.log(
    `sign-ins per CPU second ${((signIns.length * 1_000) / cpu).toFixed(1)} (the reads beside them included in the CPU time)`,
  );
  console.log(
    `reads alone         p50 ${percentile(alone, 0.5).toFixed(1)} ms  p95 ${percentile(alone, 0.95).toFixed(1)} ms`,
  );
  console.log(
    `reads beside        p50 ${percentile(beside, 0.5).toFixed(1)} ms  p95 ${percentile(beside, 0.95).toFixed(1)} ms`,
  );
} finally {
  await polity.stop();
}
