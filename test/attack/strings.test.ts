import { type Attack, graphql, openTarget, type Target } from './target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target?.close());

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

const SIGN_IN =
  'mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename } }';
const PASSKEY = 'mutation ($r: JSON!) { finishPasskeySignIn(challenge: "x", response: $r) { __typename } }';
const MAY_I = 'query ($checks: [AccessCheckInput!]!) { canEach(checks: $checks) { allowed } }';
const COMMUNITIES = `query ($slug: String!) { ${times(15, (i) => `a${i}: community(slug: $slug) { id }`)} }`;

const nested = (depth: number, open: string, inside: string, close: string) =>
  `${open.repeat(depth)}${inside}${close.repeat(depth)}`;
const variables = (query: string, json: string) => ({ body: `{"query":${JSON.stringify(query)},"variables":${json}}` });

/** Requests whose texts and values are long, many or deep. All are refused, and none is answered at length. */
const REFUSED: Record<string, (run: number) => Attack> = {
  'a password of 360,000 combining marks': (run) =>
    graphql(SIGN_IN, { email: `a${run}@b.test`, password: '\u0301'.repeat(360_000) }),
  'an address of 700,000 letters': (run) =>
    graphql(SIGN_IN, { email: `${run}${'a'.repeat(700_000)}@b.test`, password: 'x' }),
  'one long text for 15 fields': (run) => graphql(COMMUNITIES, { slug: `${run}${'a'.repeat(300_000)}` }),
  'a text of 80,000 letters in the document': (run) =>
    graphql(`{ community(slug: "${run}${'a'.repeat(80_000)}") { id } }`),
  'lists 200,000 deep': (run) => variables(PASSKEY, `{"r":[${run},${nested(200_000, '[', '', ']')}]}`),
  'objects 100,000 deep': (run) => variables(PASSKEY, `{"r":${nested(100_000, '{"a":', String(run), '}')}}`),
  'an object of 80,000 fields': (run) =>
    variables(PASSKEY, `{"r":{${Array.from({ length: 80_000 }, (_, i) => `"${i}":${run}`)}}}`),
  'a list of 300,000 numbers': (run) => variables(PASSKEY, `{"r":[${Array.from({ length: 300_000 }, () => run)}]}`),
  '829 kB of wrong values': (run) =>
    graphql(MAY_I, {
      checks: Array.from({ length: 9_000 }, (_, i) => ({
        permission: i,
        scope: { type: `${run}${'x'.repeat(60)}`, id: i },
      })),
    }),
  'a wrong value of 60,000 letters': (run) =>
    graphql(MAY_I, { checks: [{ permission: 'a', scope: { type: `${run}${'x'.repeat(60_000)}`, id: 'a' } }] }),
  'wrong names of 60,000 letters': (run) =>
    graphql(MAY_I, {
      checks: [{ permission: 'a', scope: { [`${run}${'x'.repeat(60_000)}`]: 1, [`${run}${'y'.repeat(60_000)}`]: 1 } }],
    }),
  '2,000 variables that the operation does not have': (run) =>
    graphql(
      'query ($slug: String!) { community(slug: $slug) { id } }',
      Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`v${i}`, run])),
    ),
  'a wrong literal of 60,000 letters': (run) =>
    graphql(`{ posts(first: "${run}${'x'.repeat(60_000)}") { edges { cursor } } }`),
};

it.each(Object.entries(REFUSED))('refuses cheaply and shortly: %s', async (name, make) => {
  const { status, bytes, text } = await target.withstands('strings', name, make);
  expect({ status, bytes, short: bytes < 2_500 }).toEqual({ status: 400, bytes, short: true });
  expect(text).toMatch(/"code":"(VALIDATION_ERROR|GRAPHQL_VALIDATION_FAILED|BAD_REQUEST)"/);
});

it('takes a text as long as one may be', async () => {
  const { status, text } = await target.withstands('strings', 'a text of 65,536 letters', (run) =>
    graphql('query ($slug: String!) { community(slug: $slug) { id } }', { slug: `${run}${'ä'.repeat(65_000)}` }),
  );
  expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('"community":null') });
});
