import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

let at: GatewayWorld;
beforeAll(async () => {
  at = await startGatewayWorld();
});
afterAll(() => at?.close());

const traceOf = (name: string) => at.logs.map((line) => JSON.parse(line)).findLast((line) => line.name === name)?.trace;

it('a trace goes on from the caller to the log', async () => {
  await at.browser().ask('query Continued { tenant { slug } }', {}, { traceparent: TRACEPARENT });
  expect(traceOf('Continued')).toBe(TRACE);
  await at.browser().ask('query Begun { tenant { slug } }', {}, { traceparent: 'anything' });
  expect(traceOf('Begun')).toMatch(/^[0-9a-f]{32}$/);
  expect(traceOf('Begun')).not.toBe(TRACE);
});

it('a trace goes on to subgraphs, their events and what these cause', async () => {
  const heard: EventEnvelope[] = [];
  const stop = await at.world.bus.subscribe({
    name: 'test.trace',
    types: ['identity.membership.ended', 'portal.membership.ended'],
    handle: async (event) => void heard.push(event),
  });
  const bob = await at.person('bob');
  const { id } = await bob.get('{ tenant { id } }');
  await bob.get('mutation ($id: ID!) { leaveTenant(id: $id) { id } }', { id }, { traceparent: TRACEPARENT });
  await at.world.settle();
  await stop();
  const spans = heard.map(({ type, traceparent }) => [type, traceparent]);
  const ours = expect.stringMatching(new RegExp(`^00-${TRACE}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
  expect(spans).toContainEqual(['identity.membership.ended', ours]);
  expect(spans).toContainEqual(['portal.membership.ended', ours]);
});
