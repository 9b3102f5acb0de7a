import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const FLAG =
  'mutation ($id: ID!, $on: Boolean!) { setMasterFlag(userId: $id, flag: SUSPENDED, value: $on, reason: "test") { id } }';

let at: GatewayWorld;
let [bob, root]: Browser[] = [];
let id: string;

beforeAll(async () => {
  at = await startGatewayWorld();
  bob = await at.person('bob');
  root = await at.person('root');
  id = (await bob.get('{ me { id } }')).id;
  expect((await root.ask(FLAG, { id, on: true })).errors).toEqual([]);
});
afterAll(() => at?.close());

describe('a suspended person with a live session', () => {
  it.each([
    '{ me { id } }',
    '{ graphVersion }',
    '{ posts { edges { cursor } } }',
    '{ __schema { queryType { name } } }',
    'mutation { updateAccount(input: { displayName: "B" }) { id } }',
    'mutation { signOut revokeOtherSessions }',
  ])('is refused %s with ACCOUNT_SUSPENDED from the next request on', async (query) => {
    const { data, codes } = await bob!.ask(query);
    expect([data, codes]).toEqual([null, ['ACCOUNT_SUSPENDED']]);
  });

  it('reaches no subgraph', async () => {
    const { counts } = await at.world.count(() => bob!.ask('{ posts { edges { cursor } } }'));
    expect(counts.calls).toEqual({});
  });

  it('may sign out, and reads what everybody reads after that', async () => {
    expect(await bob!.get('mutation { signOut }')).toBe(true);
    expect((await bob!.ask('{ posts { edges { cursor } } }')).errors).toEqual([]);
  });

  it('is served again when the suspension ends', async () => {
    bob = at.browser();
    await root!.get(FLAG, { id, on: false });
    await bob.signIn('bob@demo.test');
    expect(await bob.get('{ me { email } }')).toEqual({ email: 'bob@demo.test' });
  });
});

it('leaves everyone else alone, system administrators too', async () => {
  expect((await root!.ask('{ me { id } posts { edges { cursor } } }')).errors).toEqual([]);
});
