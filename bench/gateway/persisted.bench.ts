// What an operation costs by its id and as text, through the gateway over HTTP, in alternating rounds on one process. Read the ratio.
import { hash } from 'node:crypto';
import { loadavg } from 'node:os';
import { ask, load, startOneProcess } from '../one-process.ts';

const LANES = 8;
const SECONDS = 4;
const ROUNDS = 3;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }';

/** A client that writes a fragment for each of its components: about 25,000 characters for what a few hundred ask for. */
function large(): string {
  const fragments = Array.from(
    { length: 150 },
    (_, n) =>
      `fragment Component_${n}_data_which_has_a_long_name_as_generated_code_does on User {\n  id\n  displayName\n  username\n}\n`,
  );
  const spreads = Array.from(
    { length: 150 },
    (_, n) => `    ...Component_${n}_data_which_has_a_long_name_as_generated_code_does`,
  );
  return `query Large {\n  me {\n${spreads.join('\n')}\n  }\n}\n${fragments.join('\n')}`;
}

const operations: Record<string, string> = {
  small: 'query Small { me { id displayName } }',
  feed: 'query Feed { posts(first: 20) { edges { node { title author { displayName } } } } }',
  large: large(),
};

const polity = await startOneProcess();
try {
  const signIn = async (name: string) =>
    (
      await ask(polity.url, SIGN_IN, {
        variables: { input: { email: `${name}@demo.test`, password: 'polity-demo-password' } },
      })
    ).cookie;
  const [admin, cookie] = [await signIn('admin'), await signIn('alice')];
  const manifest = Object.fromEntries(Object.values(operations).map((text) => [hash('sha256', text), text]));
  await ask(polity.url, PUBLISH, { cookie: admin, variables: { input: { manifest } } });
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1', cookie };
  const send = async (body: string) => {
    const text = await (await fetch(polity.url, { method: 'POST', headers, body })).text();
    if (text.includes('"errors"')) throw new Error(text.slice(0, 300));
  };
  console.log(`load average ${loadavg()[0]?.toFixed(1)}, ${LANES} lanes, ${ROUNDS} rounds of ${SECONDS} s each way`);
  console.log('operation'.padEnd(10), 'characters', ' text CPU ms/op', ' id CPU ms/op', ' ratio');
  for (const [name, query] of Object.entries(operations)) {
    const ways = { text: JSON.stringify({ query }), id: JSON.stringify({ documentId: hash('sha256', query) }) };
    const spent = { text: { cpu: 0, count: 0 }, id: { cpu: 0, count: 0 } };
    for (const body of Object.values(ways)) await load(LANES, 2, () => send(body));
    for (let round = 0; round < ROUNDS; round++)
      for (const way of ['text', 'id'] as const) {
        const before = polity.cpuMs();
        const times = await load(LANES, SECONDS, () => send(ways[way]));
        spent[way].cpu += polity.cpuMs() - before;
        spent[way].count += times.length;
      }
    const [text, id] = [spent.text.cpu / spent.text.count, spent.id.cpu / spent.id.count];
    console.log(
      name.padEnd(10),
      String(query.length).padStart(10),
      text.toFixed(3).padStart(15),
      id.toFixed(3).padStart(13),
      (id / text).toFixed(2).padStart(6),
    );
  }
} finally {
  await polity.stop();
}
