import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const POSTS = 'query Posts { posts(first: 3) { edges { node { title author { displayName } } } } }';
const PLAN = { 'x-polity-plan': '1' };

let at: GatewayWorld;
beforeAll(async () => {
  at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0', SLOW_OPERATION_MS: '1' } } });
});
afterAll(() => at?.close());

const slowLines = () => at.logs.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'a slow operation');

describe('the plan of an operation', () => {
  it('is said to those who look after operations, and to nobody else', async () => {
    const plan = async (name: 'admin' | 'alice') => (await (await at.person(name)).ask(POSTS, {}, PLAN)).text;
    expect(JSON.parse(await plan('admin')).extensions.plan).toEqual([
      'one after the other',
      '  portal',
      expect.stringMatching(/^ {2}at posts\.edges\.@\.node\.author: identity$/),
    ]);
    expect(await plan('alice')).not.toContain('plan');
    expect((await at.browser().ask(POSTS, {}, PLAN)).text).not.toContain('plan');
  });

  it('stands in the log where the operation was slow, without what was sent', async () => {
    at.logs.length = 0;
    at.held.set('portal', new Promise((resolve) => setTimeout(resolve, 20)));
    await at.browser().ask('query Slow($slug: String!) { community(slug: $slug) { name } }', { slug: 'a-secret' });
    at.held.clear();
    const [line] = slowLines();
    expect(line).toMatchObject({ name: 'Slow', plan: 'portal', fetches: { portal: 1 }, ms: expect.any(Number) });
    expect(at.logs.join()).not.toContain('a-secret');
  });
});
